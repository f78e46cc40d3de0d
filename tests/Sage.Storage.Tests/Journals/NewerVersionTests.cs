using System.IO.Hashing;
using System.Text;
using Sage.Protocol;
using Sage.Protocol.Events;

namespace Sage.Storage.Tests.Journals;

/// <summary>A whole line that this version does not understand is not damage: it must not be cut.</summary>
public sealed class NewerVersionTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    [Theory]
    [InlineData(
        """
            "sessionId":"s1","event":{"type":"teleported","to":"Mars"},"seq":2}
            """
    )]
    [InlineData(
        """
            "sessionId":"s1","event":{"type":"permissionAnswered","callId":"c","decision":"allow","scope":"galaxy"},"seq":2}
            """
    )]
    [InlineData(
        """
            "sessionId":"s1","event":{"type":"notice","words":"renamed"},"seq":2}
            """
    )]
    public async Task A_line_of_a_newer_version_stops_the_opening_and_changes_nothing(string body)
    {
        await _home.WriteAsync("s1", new Notice("one"));
        await File.AppendAllTextAsync(_home.JournalOf("s1"), WithChecksum(body) + "\n");
        var before = await File.ReadAllBytesAsync(_home.JournalOf("s1"));

        var error = await Assert.ThrowsAsync<SageException>(() => _home.OpenAsync("s1"));

        Assert.Equal(ErrorCodes.StorageFailed, error.Code);
        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_home.JournalOf("s1")));
        Assert.Single(Directory.GetFiles(_home.JournalFolder, "*.jsonl*"));
    }

    [Fact]
    public async Task A_journal_of_a_newer_format_is_not_opened()
    {
        await _home.WriteAsync("s1", new SessionCreated(SessionCreated.CurrentVersion + 1, "/w"));

        var error = await Assert.ThrowsAsync<SageException>(() => _home.OpenAsync("s1"));

        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_that_a_newer_version_added_is_passed_over()
    {
        await _home.WriteAsync("s1", new Notice("one"));
        const string body = """
            "sessionId":"s1","event":{"type":"notice","text":"two","colour":"red"},"seq":2}
            """;
        await File.AppendAllTextAsync(_home.JournalOf("s1"), WithChecksum(body) + "\n");

        var opened = await _home.OpenAsync("s1");
        await using var journal = opened.Journal;

        Assert.Equal(new Notice("two"), opened.Events[1].Event);
    }

    public void Dispose() => _home.Dispose();

    private static string WithChecksum(string body) =>
        $$"""{"crc":"{{Crc32.HashToUInt32(Encoding.UTF8.GetBytes(body)):x8}}",{{body}}""";
}
