using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sage.Server.Tests.Architecture;

/// <summary>Rules of the house that a reader of one file could not see broken.</summary>
public sealed class InvariantTests
{
    // A bug must not take the server down, nor be swallowed anywhere else.
    private static readonly string[] BugsAreCaughtIn =
    [
        "server/Sage.Agent/ToolCalls/ToolPipeline.cs",
        "server/Sage.Agent/Sessions/",
        "server/Sage.Agent/Turns/Turn.cs",
    ];

    private static readonly string[] AgentDoesNot =
    [
        "File",
        "Directory",
        "FileStream",
        "FileInfo",
        "DirectoryInfo",
        "Process",
        "HttpClient",
        "Socket",
        "Console",
    ];

    [Fact]
    public void Bugs_are_caught_in_three_places_only()
    {
        var elsewhere =
            from file in SourceFiles.Product
            where !BugsAreCaughtIn.Any(place => file.Path.StartsWith(place, StringComparison.Ordinal))
            from clause in file.Root.DescendantNodes().OfType<CatchClauseSyntax>()
            where
                clause.Filter is null && clause.Declaration?.Type.ToString() is null or "Exception" && !Rethrows(clause)
            select $"{file.Path}: {clause.CatchKeyword.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

        Assert.Empty(elsewhere);
    }

    [Fact]
    public void The_agent_does_no_input_or_output()
    {
        var touched =
            from file in SourceFiles.Product
            where file.Path.StartsWith("server/Sage.Agent/", StringComparison.Ordinal)
            from access in file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            where access.Expression is IdentifierNameSyntax name && AgentDoesNot.Contains(name.Identifier.ValueText)
            select $"{file.Path}: {access}";

        Assert.Empty(touched);
    }

    [Fact]
    public void Only_the_server_knows_json_rpc()
    {
        var others =
            from file in SourceFiles.Product
            where !file.Path.StartsWith("server/Sage.Server/", StringComparison.Ordinal)
            from use in file.Root.DescendantNodes().OfType<UsingDirectiveSyntax>()
            where use.Name?.ToString().StartsWith("StreamJsonRpc", StringComparison.Ordinal) == true
            select file.Path;

        Assert.Empty(others);
    }

    [Fact]
    public void No_test_is_skipped()
    {
        var found =
            from file in SourceFiles.Tests
            from line in file.Root.DescendantNodes().OfType<AttributeArgumentSyntax>()
            where line.NameEquals?.Name.ToString() == "Skip"
            select file.Path;

        Assert.Empty(found);
    }

    private static bool Rethrows(CatchClauseSyntax clause) =>
        clause.Block.DescendantNodes().OfType<ThrowStatementSyntax>().Any(t => t.Expression is null);
}
