using CsCheck;
using Sage.Agent.ToolCalls;

namespace Sage.Agent.Tests.ToolCalls;

public sealed class ResourceAccessTests
{
    [Theory]
    [InlineData("/w/a", "/w/ab", false)]
    [InlineData("/w/a", "/w/a/b", true)]
    [InlineData("/w/a/b", "/w/a", true)]
    [InlineData("/", "/w", true)]
    [InlineData("/w/", "/w/a", true)]
    public void A_folder_covers_what_is_below_it_and_nothing_beside_it(string left, string right, bool conflict) =>
        Assert.Equal(conflict, ResourceAccess.Write(left).ConflictsWith(ResourceAccess.Write(right)));

    [Fact]
    public void A_folder_itself_is_not_what_is_in_it()
    {
        var folder = ResourceAccess.Read(ResourceAccess.Itself("/w/a"));
        Assert.False(folder.ConflictsWith(ResourceAccess.Write("/w/a/x")));
        Assert.True(folder.ConflictsWith(ResourceAccess.Write("/w/a")));
        Assert.True(folder.ConflictsWith(ResourceAccess.Write("/w")));
        Assert.True(folder.ConflictsWith(ResourceAccess.WritesEverything));
    }

    [Fact]
    public void A_name_never_overlaps_with_a_path()
    {
        var names = Gen.OneOf("terminal", "w", "/w", "/", "", "mcp/files", "C:/", "w/a");
        var paths = Gen.OneOf("/w", "/w/a", "/terminal", "C:/", "C:\\", "\\\\host\\share", "/mcp/files");
        Gen.Select(names, paths)
            .Sample(
                (name, path) =>
                    Assert.False(
                        ResourceAccess.Write(ResourceAccess.Named(name)).ConflictsWith(ResourceAccess.Write(path))
                    )
            );
    }

    [Fact]
    public void Names_are_as_hierarchical_as_paths_and_covered_by_everything()
    {
        var server = ResourceAccess.Write(ResourceAccess.Named("mcp/files"));
        Assert.True(server.ConflictsWith(server));
        Assert.True(server.ConflictsWith(ResourceAccess.Read(ResourceAccess.Named("mcp"))));
        Assert.True(server.ConflictsWith(ResourceAccess.WritesEverything));
        Assert.False(server.ConflictsWith(ResourceAccess.Write(ResourceAccess.Named("mcp/filesystem"))));
        Assert.False(server.ConflictsWith(ResourceAccess.Write(ResourceAccess.Named("terminal"))));
        Assert.False(server.ConflictsWith(ResourceAccess.None));
    }

    [Fact]
    public void Conflict_is_mutual_and_reads_never_conflict() =>
        Gen.Select(Accesses.Any, Accesses.Any)
            .Sample(
                (left, right) =>
                {
                    Assert.Equal(left.ConflictsWith(right), right.ConflictsWith(left));
                    Assert.False((left with { Writes = [] }).ConflictsWith(right with { Writes = [] }));
                    Assert.Equal(!left.Writes.IsEmpty, left.ConflictsWith(left));
                }
            );
}
