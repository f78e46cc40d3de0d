using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Storage.Tests.Journals;

public sealed class JournalListTests : IDisposable
{
    private static readonly DateTime Noon = new(2026, 11, 30, 12, 0, 0, DateTimeKind.Utc);
    private readonly TemporaryHome _home = new();

    [Fact]
    public async Task The_newest_session_comes_first()
    {
        await WriteAsync("old", "Old", Noon);
        await WriteAsync("new", "New", Noon.AddMinutes(2));
        await WriteAsync("between", "Between", Noon.AddMinutes(1));

        var listed = await _home.Journals.ListAsync(_home.Workspace, 10, default);

        Assert.Equal(["New", "Between", "Old"], listed.Select(s => s.Title));
        Assert.Equal(["new", "between", "old"], listed.Select(s => s.SessionId));
        Assert.Equal(new DateTimeOffset(Noon.AddMinutes(2)), listed[0].UpdatedAt);
    }

    [Fact]
    public async Task No_more_than_the_limit_are_listed()
    {
        await WriteAsync("a", "A", Noon);
        await WriteAsync("b", "B", Noon.AddMinutes(1));

        Assert.Equal(["B"], (await _home.Journals.ListAsync(_home.Workspace, 1, default)).Select(s => s.Title));
        Assert.Empty(await _home.Journals.ListAsync(_home.Workspace, 0, default));
    }

    [Theory]
    [InlineData("Fix the cart", "Fix the cart")]
    [InlineData("\n\n  \tFix the cart  \nand the till", "Fix the cart")]
    [InlineData("Say \"hi\" to 日本 🙂", "Say \"hi\" to 日本 🙂")]
    [InlineData("  \n ", "")]
    public async Task The_title_is_the_first_line_of_the_first_prompt(string prompt, string title)
    {
        await _home.WriteAsync(
            "s1",
            new SessionCreated(1, "/w"),
            JournalExtensions.Prompt(prompt),
            JournalExtensions.Prompt("A later prompt")
        );

        Assert.Equal(title, Assert.Single(await _home.Journals.ListAsync(_home.Workspace, 10, default)).Title);
    }

    [Theory]
    [InlineData(10, "A name")]
    [InlineData(30_000, "A name")]
    [InlineData(500_000, "Fix the cart")]
    public async Task A_name_that_was_given_early_is_the_title(int between, string title)
    {
        await _home.WriteAsync(
            "s1",
            new SessionCreated(1, "/w"),
            JournalExtensions.Prompt("Fix the cart"),
            new Notice(new string('x', between)),
            new SessionTitled("A name")
        );

        Assert.Equal(title, Assert.Single(await _home.Journals.ListAsync(_home.Workspace, 10, default)).Title);
    }

    [Fact]
    public async Task A_long_title_is_cut_at_a_character()
    {
        await WriteAsync("s1", new string('x', 78) + "🙂 and so on", Noon);

        var title = Assert.Single(await _home.Journals.ListAsync(_home.Workspace, 10, default)).Title;

        Assert.Equal(new string('x', 78) + "…", title);
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(700_000)]
    public async Task A_huge_first_prompt_still_gives_a_title(int length)
    {
        await WriteAsync("s1", "Explain this:\n" + new string('y', length), Noon);

        Assert.Equal("Explain this:", (await _home.Journals.ListAsync(_home.Workspace, 10, default))[0].Title);
    }

    [Fact]
    public async Task A_huge_attachment_is_not_read_for_the_title()
    {
        var image = new ImagePart("image/png", new string('A', 9_000_000));
        await _home.WriteAsync(
            "s1",
            new SessionCreated(1, "/w"),
            JournalExtensions.Prompt("Look") with
            {
                Attachments = [image],
            }
        );

        Assert.Equal("Look", (await _home.Journals.ListAsync(_home.Workspace, 10, default))[0].Title);
    }

    [Fact]
    public async Task A_session_nobody_has_used_has_no_title()
    {
        await _home.WriteAsync("s1", new SessionCreated(1, "/w"));

        Assert.Equal("", Assert.Single(await _home.Journals.ListAsync(_home.Workspace, 10, default)).Title);
    }

    [Fact]
    public async Task What_is_not_a_journal_is_left_out()
    {
        await WriteAsync("good", "Good", Noon);
        await File.WriteAllBytesAsync(_home.JournalOf("garbage"), [0, 1, 2, 255]);
        await File.WriteAllTextAsync(_home.JournalOf("text"), "not JSON\n");
        await File.WriteAllTextAsync(_home.JournalOf("empty"), "");
        Directory.CreateDirectory(_home.JournalOf("folder"));
        File.CreateSymbolicLink(_home.JournalOf("dangling"), Path.Combine(_home.Folder, "nowhere"));

        var listed = await _home.Journals.ListAsync(_home.Workspace, 10, default);

        Assert.Equal(["good"], listed.Select(s => s.SessionId));
    }

    [Fact]
    public async Task Another_workspace_with_the_same_name_has_its_own_sessions()
    {
        await WriteAsync("s1", "Here", Noon);
        var other = new Workspace(Path.Combine(_home.Folder, "elsewhere", "Shop"));

        Assert.Empty(await _home.Journals.ListAsync(other, 10, default));
        Assert.Null(await _home.Journals.OpenAsync(other, "s1", new CollectedEvents(), default));
    }

    [Fact]
    public async Task A_file_that_did_not_change_is_not_read_again()
    {
        await WriteAsync("s1", "First", Noon);
        await _home.Journals.ListAsync(_home.Workspace, 10, default);

        var bytes = await File.ReadAllTextAsync(_home.JournalOf("s1"));
        await File.WriteAllTextAsync(_home.JournalOf("s1"), bytes.Replace("First", "Other", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(_home.JournalOf("s1"), Noon);
        Assert.Equal("First", (await _home.Journals.ListAsync(_home.Workspace, 10, default))[0].Title);

        File.SetLastWriteTimeUtc(_home.JournalOf("s1"), Noon.AddSeconds(1));
        Assert.Equal("Other", (await _home.Journals.ListAsync(_home.Workspace, 10, default))[0].Title);
    }

    public void Dispose() => _home.Dispose();

    private async Task WriteAsync(string sessionId, string prompt, DateTime writtenAt)
    {
        await _home.WriteAsync(sessionId, new SessionCreated(1, "/w"), JournalExtensions.Prompt(prompt));
        File.SetLastWriteTimeUtc(_home.JournalOf(sessionId), writtenAt);
    }
}
