using Microsoft.Extensions.Time.Testing;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Storage.Journals;

namespace Sage.Storage.Tests.Journals;

public sealed class StoredSessionsTests : IDisposable
{
    private readonly TemporaryHome _home = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly StoredSessions _stored;

    public StoredSessionsTests() => _stored = new StoredSessions(_home.Home, _time);

    [Fact]
    public async Task What_is_deleted_goes_to_the_trash_with_all_that_belongs_to_it_and_comes_back_as_it_was()
    {
        await _home.WriteAsync("s1", new SessionCreated(2, "/w"), JournalExtensions.Prompt("Fix the cart"));
        var spill = Write(_home.Home.Spill, "s1", "c1.txt");
        var image = Write(_home.Home.Checkpoints, "s1", "aa.br");
        var bytes = await File.ReadAllBytesAsync(_home.JournalOf("s1"));

        Assert.True(_stored.Delete(_home.Workspace, "s1"));

        Assert.Empty(await _home.Journals.ListAsync(_home.Workspace, 10, default));
        Assert.False(File.Exists(spill) || File.Exists(image) || File.Exists(_home.JournalOf("s1")));
        Assert.False(_stored.Delete(_home.Workspace, "s1"));

        Assert.True(_stored.Restore(_home.Workspace, "s1"));

        Assert.Equal(bytes, await File.ReadAllBytesAsync(_home.JournalOf("s1")));
        Assert.True(File.Exists(spill) && File.Exists(image));
        Assert.Empty(Directory.GetDirectories(_home.Home.Trash));
        Assert.False(_stored.Restore(_home.Workspace, "s1"));
    }

    [Fact]
    public async Task The_trash_lists_the_sessions_of_the_folder_they_were_deleted_from()
    {
        await _home.WriteAsync("s1", new SessionCreated(2, "/w"), JournalExtensions.Prompt("Fix the cart"));
        await _home.WriteAsync("s2", new SessionCreated(2, "/w"), JournalExtensions.Prompt("Keep me"));
        Assert.Empty(await _stored.ListDeletedAsync(_home.Workspace, 10, default));
        _stored.Delete(_home.Workspace, "s1");

        var deleted = Assert.Single(await _stored.ListDeletedAsync(_home.Workspace, 10, default));
        Assert.Equal(("s1", "Fix the cart"), (deleted.SessionId, deleted.Title));
        Assert.Empty(await _stored.ListDeletedAsync(new Workspace(_home.Folder), 10, default));

        _stored.Restore(_home.Workspace, "s1");
        Assert.Empty(await _stored.ListDeletedAsync(_home.Workspace, 10, default));
    }

    [Fact]
    public async Task A_deletion_that_was_cut_off_can_be_done_again()
    {
        await _home.WriteAsync("s1", new SessionCreated(2, "/w"));
        Write(_home.Home.Spill, "s1", "c2.txt");
        Write(_home.Home.Trash, Path.Combine("s1", "spill"), "c1.txt");

        Assert.True(_stored.Delete(_home.Workspace, "s1"));
        Assert.True(_stored.Restore(_home.Workspace, "s1"));

        Assert.Equal(2, Directory.GetFiles(Path.Combine(_home.Home.Spill, "s1")).Length);
    }

    [Fact]
    public async Task A_session_that_another_window_has_is_not_deleted()
    {
        await _home.WriteAsync("s1", new Notice("one"));
        await using var open = (await _home.OpenAsync("s1")).Journal;

        var error = Assert.Throws<SageException>(() => _stored.Delete(_home.Workspace, "s1"));

        Assert.Equal(ErrorCodes.SessionReadOnly, error.Code);
        Assert.True(File.Exists(_home.JournalOf("s1")));
    }

    [Fact]
    public async Task The_trash_is_emptied_after_thirty_days()
    {
        await _home.WriteAsync("s1", new Notice("one"));
        _stored.Delete(_home.Workspace, "s1");

        _time.Advance(TimeSpan.FromDays(29));
        Assert.Single(Directory.GetDirectories(_home.Home.Trash));
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Empty(Directory.GetDirectories(_home.Home.Trash));
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("a/b")]
    [InlineData("")]
    public void An_id_that_is_not_a_plain_name_reaches_no_file(string sessionId)
    {
        Assert.False(_stored.Delete(_home.Workspace, sessionId));
        Assert.False(_stored.Restore(_home.Workspace, sessionId));
        Assert.False(_stored.Adopt(_home.Workspace, sessionId));
        Assert.Empty(Directory.GetFileSystemEntries(_home.Folder));
    }

    [Fact]
    public async Task Sessions_of_a_folder_that_is_gone_are_found_and_can_be_brought_here()
    {
        var there = new Workspace(Directory.CreateDirectory(Path.Combine(_home.Folder, "Before")).FullName);
        await using (var journal = _home.Journals.Create(there, "s1"))
        {
            journal.Append(new SessionCreated(2, there.Root).Numbered(1));
            journal.Append(JournalExtensions.Prompt("Fix the cart").Numbered(2));
        }

        Assert.Empty(await _stored.ListOrphansAsync(10, default));
        Assert.False(_stored.Adopt(_home.Workspace, "s1"));

        Directory.Move(there.Root, _home.Workspace.Root);

        var found = Assert.Single(await _stored.ListOrphansAsync(10, default));
        Assert.Equal(("s1", "Fix the cart", there.Root), (found.SessionId, found.Title, found.Workspace));
        Assert.True(_stored.Adopt(_home.Workspace, "s1"));
        Assert.Equal(2, (await _home.OpenAsync("s1")).Events.Count);
        Assert.Empty(await _stored.ListOrphansAsync(10, default));
    }

    [Theory]
    [InlineData("CART items", "s1:2 s2:0")]
    [InlineData("anew", "s1:3")]
    [InlineData("cart anew", "")]
    [InlineData("steered", "s1:4")]
    [InlineData("noticed", "")]
    public async Task Words_are_found_in_titles_prompts_and_replies(string query, string found)
    {
        await _home.WriteAsync(
            "s1",
            new SessionCreated(2, "/w"),
            JournalExtensions.Prompt("Why does the cart lose its items?"),
            new ReplyEnded("r1", StopReason.EndTurn, "The list is made anew."),
            new Steer(
                "p1",
                Protocol.Turns.SteerState.Delivered,
                Protocol.Turns.SteerKind.Steer,
                [new Protocol.Turns.TextPart("I steered here")]
            ),
            new Notice("noticed")
        );
        await _home.WriteAsync("s2", new SessionCreated(2, "/w"), new SessionTitled("Items of the cart"));
        File.SetLastWriteTimeUtc(_home.JournalOf("s2"), DateTime.UtcNow.AddDays(-1));

        var matches = await _stored.SearchAsync(_home.Workspace, query.Split(' '), 10, default);

        Assert.Equal(found, string.Join(' ', matches.Select(m => $"{m.SessionId}:{m.Seq}")));
    }

    [Fact]
    public async Task A_snippet_is_one_line_around_the_first_word()
    {
        var prompt = $"{new string('x', 300)}\nthe\tcart 🙂 {new string('y', 300)}";
        await _home.WriteAsync("s1", new SessionCreated(2, "/w"), JournalExtensions.Prompt(prompt));

        var match = Assert.Single(await _stored.SearchAsync(_home.Workspace, ["cart"], 10, default));

        Assert.StartsWith("…x", match.Snippet, StringComparison.Ordinal);
        Assert.Contains("x the cart 🙂 y", match.Snippet, StringComparison.Ordinal);
        Assert.EndsWith("y…", match.Snippet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_given_anywhere_in_the_session_is_the_title_of_the_list()
    {
        await _home.WriteAsync("s1", new SessionCreated(2, "/w"), JournalExtensions.Prompt("Fix the cart"));
        var journal = (await _home.OpenAsync("s1")).Journal;
        await using (journal)
        {
            journal.Append(new SessionTitled("A name").Numbered(3));
            journal.Describe(new("s1", "A name", DateTimeOffset.UnixEpoch, ChangedFiles: 3));
        }

        var listed = Assert.Single(await _home.Journals.ListAsync(_home.Workspace, 10, default));

        Assert.Equal(("A name", 3), (listed.Title, listed.ChangedFiles));
        Assert.Equal(File.GetLastWriteTimeUtc(_home.JournalOf("s1")), listed.UpdatedAt.UtcDateTime);

        await File.WriteAllTextAsync(Path.ChangeExtension(_home.JournalOf("s1"), ".summary.json"), "{ torn");
        var again = Assert.Single(await _home.Journals.ListAsync(_home.Workspace, 10, default));
        Assert.Equal(("A name", null), (again.Title, again.ChangedFiles));
    }

    public void Dispose()
    {
        _stored.Dispose();
        _home.Dispose();
    }

    private static string Write(string root, string folder, string name)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(root, folder)).FullName, name);
        File.WriteAllText(path, name);
        return path;
    }
}
