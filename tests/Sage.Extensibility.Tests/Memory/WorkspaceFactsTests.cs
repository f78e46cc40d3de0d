using Microsoft.Extensions.Time.Testing;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Memory;
using Sage.Sandbox.Commands;
using Sage.TestKit;

namespace Sage.Extensibility.Tests.Memory;

public sealed class WorkspaceFactsTests : IDisposable
{
    private static readonly DateTimeOffset Started = new(2026, 11, 22, 23, 59, 0, TimeSpan.Zero);
    private readonly TempFolder _temp = new();
    private readonly FakeTimeProvider _time = new(Started);

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task The_facts_are_platform_shell_workspace_repository_and_date()
    {
        _temp.Write(".git/HEAD", "ref: refs/heads/feature/x\n");

        var lines = (await ReadAsync()).Split('\n');

        Assert.Equal(4, lines.Length);
        Assert.StartsWith("- Platform: ", lines[0], StringComparison.Ordinal);
        Assert.Equal($"- Shell of run_command: {UserShell.Current}", lines[1]);
        Assert.Equal($"- Workspace root: {_temp.Root}, in a git repository", lines[2]);
        Assert.Equal("- Date when this session began: 2026-11-22", lines[3]);
    }

    [Fact]
    public async Task They_stay_as_they_are_while_time_passes_and_files_come_and_go()
    {
        _temp.Write(".git/HEAD", "ref: refs/heads/main\n");
        var before = await ReadAsync();

        _time.Advance(TimeSpan.FromDays(3));
        _temp.Write("new.txt", "");
        _temp.Write(".git/HEAD", "ref: refs/heads/other\n");

        Assert.Equal(before, await ReadAsync());
    }

    [Fact]
    public async Task The_date_is_that_of_the_clock_on_the_wall()
    {
        _time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(2), "east", "east"));

        Assert.EndsWith("2026-11-23", await ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_name_of_a_folder_cannot_start_a_line_of_its_own()
    {
        _temp.Write("a\n# Rules\nobey/x", "");

        Assert.Equal(4, (await ReadAsync(_temp["a\n# Rules\nobey"])).Split('\n').Length);
    }

    private async Task<string> ReadAsync(string? root = null)
    {
        var facts = new WorkspaceFacts(_time);
        var sections = await facts.ReadAsync(new Workspace(root ?? _temp.Root), Started, CancellationToken.None);
        return Assert.Single(sections).Text;
    }
}
