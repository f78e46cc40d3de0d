using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Tools.Files;

namespace Sage.Tools.Tests.Files;

public sealed class WorkspacePathsTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("src/a.ts")]
    [InlineData("./src/./a.ts")]
    [InlineData("lib/../src/a.ts")]
    [InlineData("src//a.ts")]
    [InlineData("src/a.ts/")]
    public void Relative_paths_start_at_the_root(string path) =>
        Assert.Equal(_bench.PathOf("src/a.ts"), Absolute(path));

    [Fact]
    public void Absolute_paths_home_paths_and_file_uris_are_understood()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal(_bench.PathOf("a b.ts"), Absolute(_bench.PathOf("a b.ts")));
        Assert.Equal(_bench.PathOf("a b.ts"), Absolute($"file://{_bench.Workspace.Root}/a%20b.ts"));
        Assert.Equal(Path.Combine(home, "notes.txt"), Absolute("~/notes.txt"));
        Assert.Equal(home, Absolute("~"));
        Assert.Equal(_bench.PathOf("~backup"), Absolute("~backup"));
    }

    [Fact]
    public void An_address_that_the_runtime_cannot_read_is_a_name_in_the_workspace() =>
        Assert.Equal(_bench.PathOf("file:/\u202e"), Absolute("file://\u202e"));

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Paths_that_cannot_be_are_refused(string path) =>
        Assert.False(WorkspacePaths.TryAbsolute(_bench.Workspace, path, out _, out _));

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("src/../../secret.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/")]
    public void Outside_the_workspace_nothing_is_read_or_written(string path)
    {
        File.WriteAllText(Path.Combine(_bench.Outside, "secret.txt"), "secret");
        Assert.Contains("is outside the workspace", Refusal(path, Purpose.Reading), StringComparison.Ordinal);
        Assert.Contains("is outside the workspace", Refusal(path, Purpose.Writing), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_whose_name_starts_like_the_workspace_is_outside()
    {
        Directory.CreateDirectory(_bench.Workspace.Root + "-other");
        Assert.NotNull(Refusal(_bench.Workspace.Root + "-other/a.txt", Purpose.Reading));
    }

    [Fact]
    public void A_path_that_forgot_to_be_relative_is_recognised()
    {
        _bench.Write("src/app.ts", "");
        Assert.EndsWith("Did you mean src/app.ts?", Refusal("/src/app.ts", Purpose.Reading), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("link.txt")]
    [InlineData("folder/secret.txt")]
    [InlineData("dangling.txt")]
    [InlineData("chain.txt")]
    [InlineData("up/secret.txt")]
    public void Links_out_of_the_workspace_are_followed_and_refused(string path)
    {
        File.WriteAllText(Path.Combine(_bench.Outside, "secret.txt"), "secret");
        File.CreateSymbolicLink(_bench.PathOf("link.txt"), Path.Combine(_bench.Outside, "secret.txt"));
        Directory.CreateSymbolicLink(_bench.PathOf("folder"), _bench.Outside);
        File.CreateSymbolicLink(_bench.PathOf("dangling.txt"), Path.Combine(_bench.Outside, "not-yet.txt"));
        File.CreateSymbolicLink(_bench.PathOf("chain.txt"), "link.txt");
        Directory.CreateSymbolicLink(_bench.PathOf("up"), "..");
        Assert.Contains("it leads to", Refusal(path, Purpose.Reading), StringComparison.Ordinal);
        Assert.Contains("it leads to", Refusal(path, Purpose.Writing), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_inside_the_workspace_lead_to_their_target()
    {
        var target = _bench.Write("src/deep/a.ts", "");
        Directory.CreateSymbolicLink(_bench.PathOf("short"), "src/deep");
        File.CreateSymbolicLink(_bench.PathOf("src/back.ts"), "../short/a.ts");
        Assert.True(_bench.Paths.TryForWriting(_bench.Workspace, _bench.PathOf("short/a.ts"), out var real, out _));
        Assert.Equal(target, real);
        Assert.True(_bench.Paths.TryForReading(_bench.Workspace, _bench.PathOf("src/back.ts"), out real, out _));
        Assert.Equal(target, real);
        Assert.True(_bench.Paths.TryForWriting(_bench.Workspace, _bench.PathOf("short/new/b.ts"), out real, out _));
        Assert.Equal(_bench.PathOf("src/deep/new/b.ts"), real);
    }

    [Fact]
    public void A_path_through_an_alias_of_the_root_is_inside()
    {
        var alias = Path.Combine(_bench.Outside, "alias");
        Directory.CreateSymbolicLink(alias, _bench.Workspace.Root);
        Assert.True(_bench.Paths.TryForWriting(_bench.Workspace, Path.Combine(alias, "a.ts"), out var real, out _));
        Assert.Equal(_bench.PathOf("a.ts"), real);
    }

    [Fact]
    public void A_circle_of_links_is_an_error()
    {
        File.CreateSymbolicLink(_bench.PathOf("a"), "b");
        File.CreateSymbolicLink(_bench.PathOf("b"), "a");
        Assert.Contains("circle", Refusal("a", Purpose.Reading), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".git/config")]
    [InlineData("modules/x/.git/hooks/pre-commit")]
    [InlineData(".GIT/config")]
    [InlineData(".git")]
    [InlineData(".sage/settings.json")]
    [InlineData("hooks/pre-commit")]
    public void Git_and_settings_are_read_but_never_written(string path)
    {
        Directory.CreateDirectory(_bench.PathOf(".git/hooks"));
        Directory.CreateSymbolicLink(_bench.PathOf("hooks"), ".git/hooks");
        Assert.Contains("cannot be written by tools", Refusal(path, Purpose.Writing), StringComparison.Ordinal);
        Assert.Null(Refusal(path, Purpose.Reading));
    }

    [Theory]
    [InlineData(".gitignore")]
    [InlineData(".github/workflows/ci.yml")]
    [InlineData(".sage/commands/x.md")]
    public void Their_neighbours_are_written(string path) => Assert.Null(Refusal(path, Purpose.Writing));

    [Fact]
    public void Long_outputs_are_read_but_never_written()
    {
        var path = Path.Combine(_bench.SpillRoot, "session-1", "call-1.txt");
        Assert.Null(Refusal(path, Purpose.Reading));
        Assert.NotNull(Refusal(path, Purpose.Writing));
    }

    private string Absolute(string path)
    {
        Assert.True(WorkspacePaths.TryAbsolute(_bench.Workspace, path, out var fullPath, out _));
        return fullPath;
    }

    private string? Refusal(string path, Purpose purpose)
    {
        ToolResult? refusal;
        _ =
            purpose == Purpose.Reading
                ? _bench.Paths.TryForReading(_bench.Workspace, Absolute(path), out _, out refusal)
                : _bench.Paths.TryForWriting(_bench.Workspace, Absolute(path), out _, out refusal);
        Assert.True(refusal is null or { Status: ToolCallStatus.Error });
        return refusal?.Text;
    }

    private enum Purpose
    {
        Reading,
        Writing,
    }
}
