using CsCheck;
using Sage.Agent.ToolCalls;

namespace Sage.Agent.Tests.ToolCalls;

/// <summary>Generates what calls read and write: folders, files in them, named resources, everything, nothing.</summary>
internal static class Accesses
{
    private static readonly Gen<string> Resources = Gen.OneOf(
        "/w",
        "/w/a",
        "/w/a/x",
        "/w/b",
        "/w/bc",
        "/",
        ResourceAccess.Itself("/w/a"),
        ResourceAccess.Named("terminal"),
        ResourceAccess.Named("mcp"),
        ResourceAccess.Named("mcp/files")
    );

    public static Gen<ResourceAccess> Any { get; } =
        Gen.Select(Resources.Array[0, 2], Resources.Array[0, 2])
            .Select((reads, writes) => new ResourceAccess([.. reads], [.. writes]));
}
