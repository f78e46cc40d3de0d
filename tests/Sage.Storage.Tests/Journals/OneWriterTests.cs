using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Storage.Journals;

namespace Sage.Storage.Tests.Journals;

public sealed class OneWriterTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    [Fact]
    public async Task A_session_that_is_open_in_another_window_can_be_read_and_nothing_else()
    {
        await _home.WriteAsync("s1", new Notice("one"));
        var first = await _home.OpenAsync("s1");
        Assert.False(first.Journal.IsReadOnly);

        var second = await Other().OpenAsync(_home, "s1");

        Assert.True(second.Journal.IsReadOnly);
        Assert.Single(second.Events);
        var error = Assert.Throws<SageException>(() => second.Journal.Append(new Notice("two").Numbered(2)));
        Assert.Equal(ErrorCodes.SessionReadOnly, error.Code);
        Assert.Contains("open in another window", error.Message, StringComparison.Ordinal);

        first.Journal.Append(new Notice("two").Numbered(2));
        await first.Journal.DisposeAsync();
        var third = await Other().OpenAsync(_home, "s1");
        await using var journal = third.Journal;
        Assert.False(journal.IsReadOnly);
        Assert.Equal(2, third.Events.Count);
    }

    [Fact]
    public async Task What_the_other_window_is_writing_is_not_taken_for_damage()
    {
        await _home.WriteAsync("s1", new Notice("one"), new Notice("two"));
        await using var writer = (await _home.OpenAsync("s1")).Journal;
        var bytes = await File.ReadAllBytesAsync(_home.JournalOf("s1"));
        await using (
            var half = new FileStream(_home.JournalOf("s1"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite)
        )
        {
            half.SetLength(bytes.Length - 10);
        }

        var reader = await Other().OpenAsync(_home, "s1");

        Assert.Null(reader.Damage);
        Assert.Single(reader.Events);
        Assert.Single(await reader.Journal.ReadAsync(1, 10, 10, default));
        Assert.Equal(bytes.Length - 10, new FileInfo(_home.JournalOf("s1")).Length);
        Assert.Empty(Directory.GetFiles(_home.JournalFolder, "*.damaged-*"));
    }

    [Fact]
    public async Task A_new_session_is_locked_from_its_first_moment()
    {
        await using var journal = _home.Journals.Create(_home.Workspace, "s1");

        Assert.True((await Other().OpenAsync(_home, "s1")).Journal.IsReadOnly);
    }

    [Fact]
    public async Task A_session_that_is_open_elsewhere_is_still_listed()
    {
        await using var journal = _home.Journals.Create(_home.Workspace, "s1");
        journal.Append(JournalExtensions.Prompt("Fix the cart").Numbered(1));

        var listed = await Other().ListAsync(_home.Workspace, 10, default);

        Assert.Equal("Fix the cart", Assert.Single(listed).Title);
    }

    [Fact]
    public async Task An_opening_that_fails_lets_go_of_the_session()
    {
        await _home.WriteAsync("s1", new SessionCreated(SessionCreated.CurrentVersion + 1, "/w"));
        await Assert.ThrowsAsync<SageException>(() => _home.OpenAsync("s1"));

        await File.WriteAllBytesAsync(_home.JournalOf("s1"), []);

        var opened = await _home.OpenAsync("s1");
        await using var journal = opened.Journal;
        Assert.Empty(opened.Events);
    }

    public void Dispose() => _home.Dispose();

    private FileJournals Other() => new(_home.Home);
}
