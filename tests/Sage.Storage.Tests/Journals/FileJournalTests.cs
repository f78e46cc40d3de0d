using System.Text;
using System.Text.Json;
using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Storage.Journals.Lines;
using Sage.TestKit.Events;

namespace Sage.Storage.Tests.Journals;

public sealed class FileJournalTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    [Fact]
    public async Task Every_durable_event_comes_back_as_it_was_written()
    {
        var events = EventSamples.All.Values.OfType<DurableEvent>().ToArray();
        await _home.WriteAsync("s1", events);

        var opened = await _home.OpenAsync("s1");
        await using var journal = opened.Journal;

        Assert.Null(opened.Damage);
        Assert.Equal(events.Select((e, i) => e.Numbered(i + 1).ToJson()), opened.Events.Select(e => e.ToJson()));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("two\nlines\r\nand \u2028 more")]
    [InlineData("\0\u0001\u001f\u007f \" \\ / <b>&amp;</b>")]
    [InlineData("日本語 🙂 é")]
    public async Task Text_keeps_every_character(string text)
    {
        await _home.WriteAsync("s1", new Notice(text));

        var opened = await _home.OpenAsync("s1");
        await using var journal = opened.Journal;

        Assert.Equal(text, Assert.IsType<Notice>(Assert.Single(opened.Events).Event).Text);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_costs_that_character_and_nothing_else()
    {
        await _home.WriteAsync("s1", new Notice("before \ud83d after"), new Notice("next"));

        var opened = await _home.OpenAsync("s1");
        await using var journal = opened.Journal;

        Assert.Equal(["before \ufffd after", "next"], opened.Events.Select(e => ((Notice)e.Event).Text));
    }

    [Fact]
    public async Task Arguments_nested_as_deep_as_a_model_may_write_them_are_read_back()
    {
        var input = JsonElement.Parse($"{{\"x\":{new string('[', 63)}{new string(']', 63)}}}");
        await _home.WriteAsync("s1", new ToolCallStarted("c1", "r1", "grep", "Grep", input));

        var opened = await _home.OpenAsync("s1");
        await using var journal = opened.Journal;

        Assert.Equal(input.GetRawText(), ((ToolCallStarted)opened.Events[0].Event).Input.GetRawText());
    }

    [Fact]
    public async Task A_line_larger_than_every_buffer_is_read_back()
    {
        var large = new Notice(string.Concat(Enumerable.Repeat("0123456789abcdef", 300_000)));
        await _home.WriteAsync("s1", new Notice("small"), large, new Notice("small again"));

        var opened = await _home.OpenAsync("s1");
        await using var journal = opened.Journal;

        Assert.Equal(3, opened.Events.Count);
        Assert.Equal(large, opened.Events[1].Event);
    }

    [Fact]
    public async Task A_line_is_the_JSON_of_the_event_with_the_checksum_of_what_follows_in_front()
    {
        await _home.WriteAsync("s1", new Notice("it's <fine>"));

        var line = Assert.Single(await File.ReadAllLinesAsync(_home.JournalOf("s1")));

        const string body = """
            "sessionId":"s1","event":{"type":"notice","text":"it's <fine>"},"seq":1,"at":"2026-11-30T09:41:07.25+00:00"}
            """;
        var crc = System.IO.Hashing.Crc32.HashToUInt32(Encoding.UTF8.GetBytes(body));
        Assert.Equal($$"""{"crc":"{{crc:x8}}",{{body}}""", line);
        Assert.Equal("s1", JsonElement.Parse(line).GetProperty("sessionId").GetString());
    }

    [Fact]
    public async Task The_line_that_the_protocol_page_shows_is_a_good_one()
    {
        var page = await File.ReadAllLinesAsync(Path.Combine(RepositoryRoot(), "docs", "protocol.md"));
        var example = page.Single(line => line.StartsWith("{\"crc\":", StringComparison.Ordinal));

        Assert.Equal(4, JournalLine.Read(Encoding.UTF8.GetBytes(example))?.Seq);
    }

    [Fact]
    public async Task An_append_reaches_other_readers_at_once()
    {
        await using var journal = _home.Journals.Create(_home.Workspace, "s1");
        journal.Append(new Notice("now").Numbered(1));

        Assert.Contains("now", await ReadSharedAsync(_home.JournalOf("s1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_numbered_durable_events_are_taken()
    {
        await using var journal = _home.Journals.Create(_home.Workspace, "s1");

        Assert.Throws<ArgumentException>(() => journal.Append(new EventEnvelope("s1", new TextDelta("r1", 0, "x"), 1)));
        Assert.Throws<ArgumentException>(() => journal.Append(new EventEnvelope("s1", new Notice("x"))));
        Assert.Empty(await ReadSharedAsync(_home.JournalOf("s1")));
    }

    [Fact]
    public async Task A_journal_goes_on_where_it_stopped()
    {
        await _home.WriteAsync("s1", new Notice("one"));
        var reopened = await _home.OpenAsync("s1");
        await using (reopened.Journal)
        {
            reopened.Journal.Append(new Notice("two").Numbered(2));
        }

        var opened = await _home.OpenAsync("s1");
        await using var journal = opened.Journal;

        Assert.Equal(["one", "two"], opened.Events.Select(e => ((Notice)e.Event).Text));
    }

    [Fact]
    public async Task Prompts_and_outputs_are_for_their_user_only()
    {
        await _home.WriteAsync("s1", new Notice("private"));

        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(file, File.GetUnixFileMode(_home.JournalOf("s1")));
            foreach (var folder in new[] { _home.Home.Root, _home.Home.Sessions, _home.JournalFolder })
            {
                Assert.Equal(file | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            }
        }
    }

    [Fact]
    public async Task A_session_that_exists_is_not_created_again()
    {
        await _home.WriteAsync("s1", new Notice("kept"));

        var error = Assert.Throws<SageException>(() => _home.Journals.Create(_home.Workspace, "s1"));

        Assert.Equal(ErrorCodes.StorageFailed, error.Code);
        var opened = await _home.OpenAsync("s1");
        await using var journal = opened.Journal;
        Assert.Single(opened.Events);
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("CON.txt")]
    public async Task An_id_that_is_not_a_plain_name_reaches_no_file(string sessionId)
    {
        Assert.Throws<ArgumentException>(() => _home.Journals.Create(_home.Workspace, sessionId));
        Assert.Null(await _home.Journals.OpenAsync(_home.Workspace, sessionId, new CollectedEvents(), default));
        Assert.Empty(Directory.GetFileSystemEntries(_home.Folder));
    }

    public void Dispose() => _home.Dispose();

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sage.Server.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }
        return folder;
    }

    private static async Task<string> ReadSharedAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }
}
