using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Storage.Journals;

namespace Sage.Storage.Tests.Journals;

public sealed class OneWriterTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    [Fact]
    public async Task A_session_that_is_open_in_another_window_says_so()
    {
        await _home.WriteAsync("s1", new Notice("one"));
        var first = await _home.OpenAsync("s1");

        var error = await Assert.ThrowsAsync<SageException>(() => Other().OpenAsync(_home.Workspace, "s1", default));

        Assert.Equal(ErrorCodes.StorageFailed, error.Code);
        Assert.Contains("open in another window", error.Message, StringComparison.Ordinal);

        first.Journal.Append(new Notice("two").Numbered(2));
        await first.Journal.DisposeAsync();
        var second = await Other().OpenAsync(_home.Workspace, "s1", default);
        await using var journal = second!.Journal;
        Assert.Equal(2, second.Events.Count);
    }

    [Fact]
    public async Task A_new_session_is_locked_from_its_first_moment()
    {
        await using var journal = _home.Journals.Create(_home.Workspace, "s1");

        await Assert.ThrowsAsync<SageException>(() => Other().OpenAsync(_home.Workspace, "s1", default));
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
        await _home.WriteAsync("s1", new SessionCreated(2, "/w"));
        await Assert.ThrowsAsync<SageException>(() => _home.OpenAsync("s1"));

        await File.WriteAllBytesAsync(_home.JournalOf("s1"), []);

        var opened = await _home.OpenAsync("s1");
        await using var journal = opened.Journal;
        Assert.Empty(opened.Events);
    }

    public void Dispose() => _home.Dispose();

    private FileJournals Other() => new(_home.Home);
}
