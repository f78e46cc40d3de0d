using CsCheck;
using Sage.Protocol.Events;

namespace Sage.Storage.Tests.Journals;

public sealed class DamageTests : IDisposable
{
    private static readonly Gen<string[]> Texts = Gen.String[Gen.Char["ab \"\\{}é\n"], 0, 40].Array[1, 6];
    private readonly TemporaryHome _home = new();
    private int _sessions;

    [Fact]
    public Task A_journal_cut_anywhere_keeps_every_event_before_the_cut() =>
        Gen.Select(Texts, Gen.Int[0, int.MaxValue])
            .SampleAsync(
                async (texts, seed) =>
                {
                    var (id, bytes) = await WriteAsync(texts);
                    var cut = seed % (bytes.Length + 1);
                    await File.WriteAllBytesAsync(_home.JournalOf(id), bytes[..cut]);

                    // A line whose line feed alone is missing is whole.
                    var whole = Enumerable.Range(1, texts.Length).Count(n => EndOf(bytes, n) - 1 <= cut);
                    var isClean = whole == 0 ? cut == 0 : cut - EndOf(bytes, whole) is 0 or -1;
                    await AssertKeepsAsync(id, texts[..whole], isClean ? [] : bytes[EndOf(bytes, whole)..cut]);
                },
                iter: 150,
                threads: 1
            );

    [Fact]
    public Task A_changed_byte_anywhere_costs_its_own_line_and_what_follows_and_nothing_before() =>
        Gen.Select(Texts, Gen.Int[0, int.MaxValue], Gen.Byte[1, 255])
            .SampleAsync(
                async (texts, seed, mask) =>
                {
                    var (id, bytes) = await WriteAsync(texts);
                    var position = seed % bytes.Length;
                    var before = Enumerable.Range(1, texts.Length).Count(n => EndOf(bytes, n) <= position);
                    var start = EndOf(bytes, before);
                    bytes[position] ^= mask;
                    await File.WriteAllBytesAsync(_home.JournalOf(id), bytes);

                    await AssertKeepsAsync(id, texts[..before], bytes[start..]);
                },
                iter: 150,
                threads: 1
            );

    [Fact]
    public Task Garbage_after_the_last_line_costs_nothing() =>
        Gen.Select(Texts, Gen.OneOf(Gen.Byte.Array[1, 300], Gen.Int[1, 5000].Select(zeros => new byte[zeros])))
            .SampleAsync(
                async (texts, garbage) =>
                {
                    var (id, bytes) = await WriteAsync(texts);
                    await File.WriteAllBytesAsync(_home.JournalOf(id), [.. bytes, .. garbage]);

                    await AssertKeepsAsync(id, texts, garbage);
                },
                iter: 50,
                threads: 1
            );

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    public async Task A_number_that_is_repeated_or_left_out_is_damage(long first, long second)
    {
        await using (var written = _home.Journals.Create(_home.Workspace, "s1"))
        {
            written.Append(new Notice("one").Numbered(first));
            written.Append(new Notice("two").Numbered(second));
        }

        var opened = await _home.OpenAsync("s1");
        await using var journal = opened.Journal;

        Assert.NotNull(opened.Damage);
        Assert.Equal(first == 1 ? 1 : 0, opened.Events.Count);
    }

    [Fact]
    public async Task What_is_cut_is_said_and_kept_beside_the_journal_each_time()
    {
        var (id, _) = await WriteAsync(["one", "two"]);
        foreach (var name in new[] { "first", "second" })
        {
            await File.AppendAllTextAsync(_home.JournalOf(id), name);
            var opened = await _home.OpenAsync(id);
            await opened.Journal.DisposeAsync();
            Assert.Contains($"{name.Length} bytes after event 2", opened.Damage, StringComparison.Ordinal);
            Assert.Contains(".jsonl.damaged-", opened.Damage, StringComparison.Ordinal);
        }

        Assert.Equal("first", await File.ReadAllTextAsync(_home.JournalOf(id) + ".damaged-1"));
        Assert.Equal("second", await File.ReadAllTextAsync(_home.JournalOf(id) + ".damaged-2"));
        Assert.Single(await _home.Journals.ListAsync(_home.Workspace, 10, default));
    }

    [Fact]
    public async Task An_empty_file_is_an_empty_session()
    {
        await _home.WriteAsync("s1");

        var opened = await _home.OpenAsync("s1");
        await using var journal = opened.Journal;

        Assert.Empty(opened.Events);
        Assert.Null(opened.Damage);
    }

    public void Dispose() => _home.Dispose();

    private async Task<(string Id, byte[] Bytes)> WriteAsync(string[] texts)
    {
        var id = $"s{++_sessions}";
        await _home.WriteAsync(id, [.. texts.Select(text => new Notice(text))]);
        return (id, await File.ReadAllBytesAsync(_home.JournalOf(id)));
    }

    // What was before the damage is there, what was cut is aside, and the session goes on as if nothing had happened.
    private async Task AssertKeepsAsync(string id, string[] texts, byte[] cut)
    {
        var opened = await _home.OpenAsync(id);
        await using (opened.Journal)
        {
            Assert.Equal(texts, opened.Events.Select(e => ((Notice)e.Event).Text));
            Assert.Equal(cut.Length > 0, opened.Damage is not null);
            opened.Journal.Append(new Notice("goes on").Numbered(texts.Length + 1));
        }
        if (cut.Length > 0)
        {
            Assert.Equal(cut, await File.ReadAllBytesAsync(_home.JournalOf(id) + ".damaged-1"));
        }

        var again = await _home.OpenAsync(id);
        await using var journal = again.Journal;
        Assert.Equal([.. texts, "goes on"], again.Events.Select(e => ((Notice)e.Event).Text));
        Assert.Null(again.Damage);
    }

    // Just behind the line feed of the nth line.
    private static int EndOf(byte[] bytes, int line)
    {
        var end = 0;
        for (; line > 0; line--)
        {
            end += bytes.AsSpan(end).IndexOf((byte)'\n') + 1;
        }
        return end;
    }
}
