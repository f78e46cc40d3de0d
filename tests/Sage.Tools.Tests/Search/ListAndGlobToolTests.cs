using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Tools.Search;

namespace Sage.Tools.Tests.Search;

public sealed class ListAndGlobToolTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly ListDirectoryTool _list;
    private readonly GlobTool _glob;

    public ListAndGlobToolTests() => (_list, _glob) = (new ListDirectoryTool(_bench.Paths), new GlobTool(_bench.Paths));

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_folder_is_listed_folders_first_without_what_git_ignores()
    {
        _bench.Write("b.ts", "");
        _bench.Write("src/a.ts", "");
        _bench.Write("node_modules/x/index.js", "");
        _bench.Write(".git/HEAD", "");
        _bench.Write(".gitignore", "node_modules/\n");
        File.CreateSymbolicLink(_bench.PathOf("link"), "b.ts");
        Assert.Equal("./\n  src/\n  .gitignore\n  b.ts\n  link -> b.ts", (await ListAsync("{}")).Text);
    }

    [Fact]
    public async Task Depth_shows_more_levels()
    {
        _bench.Write("src/deep/a.ts", "");
        Assert.Equal("./\n  src/\n    deep/", (await ListAsync("""{"depth":2}""")).Text);
        Assert.Equal("src/\n  deep/\n    a.ts", (await ListAsync("""{"path":"src","depth":2}""")).Text);
    }

    [Fact]
    public async Task Nested_rules_hold_below_their_folder_also_when_it_is_listed_alone()
    {
        _bench.Write(".gitignore", "*.log\n");
        _bench.Write("src/.gitignore", "!keep.log\n/gen\n");
        _bench.Write("src/keep.log", "");
        _bench.Write("src/other.log", "");
        _bench.Write("src/gen/x.ts", "");
        Assert.Equal("src/\n  .gitignore\n  keep.log", (await ListAsync("""{"path":"src"}""")).Text);
    }

    [Fact]
    public async Task A_long_list_is_capped_level_by_level_and_says_so()
    {
        for (var i = 0; i < 600; i++)
        {
            _bench.Write($"a/{i:000}.txt", "");
        }

        _bench.Write("z/last.txt", "");
        var text = (await ListAsync("""{"depth":2}""")).Text;
        Assert.Contains("\n  z/\n", text, StringComparison.Ordinal);
        Assert.EndsWith(
            "[The first 500 entries; there are more. List a folder below, or use glob.]",
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Links_are_not_followed()
    {
        _bench.Write("src/a.ts", "");
        Directory.CreateSymbolicLink(_bench.PathOf("src/loop"), "..");
        Assert.Equal("./\n  src/\n    a.ts\n    loop -> ..", (await ListAsync("""{"depth":9}""")).Text);
        Assert.Equal("src/a.ts", (await GlobAsync("""{"pattern":"**/*"}""")).Text);
    }

    [Theory]
    [InlineData("""{"path":"missing"}""", "does not exist")]
    [InlineData("""{"path":"a.txt"}""", "is a file, not a folder")]
    [InlineData("""{"path":".."}""", "outside the workspace")]
    public async Task Places_that_are_no_folders_are_errors(string json, string expected)
    {
        _bench.Write("a.txt", "");
        Assert.Contains(expected, (await ListAsync(json)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_folder_is_said_to_be_empty() =>
        Assert.Contains("is empty", (await ListAsync("{}")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Glob_lists_the_newest_first()
    {
        var now = DateTimeOffset.UnixEpoch;
        foreach (var (name, age) in new[] { ("old.ts", 3), ("new.ts", 1), ("src/middle.ts", 2) })
        {
            File.SetLastWriteTimeUtc(_bench.Write(name, ""), now.AddDays(-age).UtcDateTime);
        }

        Assert.Equal("new.ts\nsrc/middle.ts\nold.ts", (await GlobAsync("""{"pattern":"*.ts"}""")).Text);
        Assert.Equal("src/middle.ts", (await GlobAsync("""{"pattern":"*.ts","path":"src"}""")).Text);
        Assert.Equal("new.ts\nold.ts", (await GlobAsync($$"""{"pattern":"{{_bench.Workspace.Root}}/*.ts"}""")).Text);
    }

    [Fact]
    public async Task Glob_is_capped_and_says_so()
    {
        for (var i = 0; i < 210; i++)
        {
            _bench.Write($"{i:000}.txt", "");
        }

        var lines = (await GlobAsync("""{"pattern":"*.txt"}""")).Text.Split('\n');
        Assert.Equal(201, lines.Length);
        Assert.Equal("[The newest 200 of 210 files; narrow the pattern to see others.]", lines[^1]);
    }

    [Fact]
    public async Task Glob_says_when_nothing_matches() =>
        Assert.StartsWith(
            "No file matches *.zig",
            (await GlobAsync("""{"pattern":"*.zig"}""")).Text,
            StringComparison.Ordinal
        );

    [Fact]
    public void Calls_declare_what_they_read()
    {
        var call = _bench.Accept(_glob, """{"pattern":"*.ts","path":"src"}""");
        Assert.Equal(_bench.PathOf("src"), Assert.Single(call.Access.Reads));
        Assert.Equal((PermissionKind.Read, "glob(\\*.ts)"), (call.Permission.Kind, call.Permission.Rule));
        Assert.Equal("List src", _bench.Accept(_list, """{"path":"src"}""").Title);
    }

    private Task<ToolResult> ListAsync(string json) => _bench.RunAsync(_list, json);

    private Task<ToolResult> GlobAsync(string json) => _bench.RunAsync(_glob, json);
}
