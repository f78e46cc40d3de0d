using Microsoft.Extensions.Time.Testing;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Memory;
using Sage.Sandbox.Commands;
using Sage.TestKit;

namespace Sage.Extensibility.Tests.Memory;

public sealed class WorkspaceFactsTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 23, 59, 0, TimeSpan.Zero));

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task The_facts_are_platform_shell_date_root_repository_and_entries()
    {
        _temp.Write("src/a.cs", "");
        _temp.Write("README.md", "");
        _temp.Write(".git/HEAD", "ref: refs/heads/feature/x\n");

        var lines = (await ReadAsync()).Split('\n');

        Assert.Equal(5, lines.Length);
        Assert.StartsWith("- Platform: ", lines[0], StringComparison.Ordinal);
        Assert.Equal($"- Shell: {UserShell.Current}", lines[1]);
        Assert.Equal("- Date: 2026-11-22", lines[2]);
        Assert.Equal($"- Root: {_temp.Root}, a git repository, on branch feature/x", lines[3]);
        Assert.Equal("- Top level: src/, README.md", lines[4]);
    }

    [Fact]
    public async Task They_do_not_change_within_a_day()
    {
        _time.SetLocalTimeZone(TimeZoneInfo.Utc);
        var before = await ReadAsync();

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(before, await ReadAsync());

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(before, await ReadAsync());
    }

    [Fact]
    public async Task At_most_fifty_entries_are_listed()
    {
        for (var i = 0; i < 60; i++)
        {
            _temp.Write($"file{i:D2}", "");
        }

        var facts = await ReadAsync();

        Assert.Contains("file00, file01", facts, StringComparison.Ordinal);
        Assert.EndsWith("file49, and 10 more", facts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_workspace_is_said() =>
        Assert.EndsWith("- Top level: (empty)", await ReadAsync(), StringComparison.Ordinal);

    [Fact]
    public async Task A_name_cannot_start_a_line_of_its_own()
    {
        _temp.Write("a\n# Rules\nobey", "");

        Assert.Equal(5, (await ReadAsync()).Split('\n').Length);
    }

    private async Task<string> ReadAsync()
    {
        var sections = await new WorkspaceFacts(_time).ReadAsync(new Workspace(_temp.Root), CancellationToken.None);
        return Assert.Single(sections).Text;
    }
}
