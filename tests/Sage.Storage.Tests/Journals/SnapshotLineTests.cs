using System.Text;
using CsCheck;
using Sage.Agent.Extensions;
using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Storage.Journals;

namespace Sage.Storage.Tests.Journals;

/// <summary>Snapshots between the events of a journal: what is read from them, and what becomes of damaged ones.</summary>
public sealed class SnapshotLineTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    [Fact]
    public async Task Opening_reads_the_last_snapshot_and_what_stands_behind_it()
    {
        await WriteAsync("one", "two", Mark, "three", Mark, "four", "five");

        var (state, damage) = await OpenAsync();

        Assert.Null(damage);
        Assert.Equal(3, state.RestoredAt);
        Assert.Equal(["four", "five"], Texts(state));
    }

    [Fact]
    public async Task A_damaged_snapshot_falls_back_to_the_one_before_and_costs_no_event()
    {
        await WriteAsync("one", "two", Mark, "three", Mark, "four");
        await ChangeLineAsync(5);

        var (state, damage) = await OpenAsync();

        Assert.Null(damage);
        Assert.Equal(2, state.RestoredAt);
        Assert.Equal(["three", "four"], Texts(state));
    }

    [Fact]
    public async Task When_every_snapshot_is_damaged_all_events_are_read()
    {
        await WriteAsync("one", "two", Mark, "three", Mark, "four");
        await ChangeLineAsync(3);
        await ChangeLineAsync(5);

        var (state, damage) = await OpenAsync();

        Assert.Null(damage);
        Assert.Equal(0, state.RestoredAt);
        Assert.Equal(["one", "two", "three", "four"], Texts(state));
    }

    [Fact]
    public async Task A_snapshot_that_the_state_cannot_use_is_passed_over()
    {
        await WriteAsync("one", Mark, "two", "refused", "three");

        var (state, _) = await OpenAsync();

        Assert.Equal(1, state.RestoredAt);
        Assert.Equal(["two", "three"], Texts(state));
    }

    [Fact]
    public async Task Half_a_snapshot_at_the_end_is_taken_off_and_nothing_is_said()
    {
        await WriteAsync("one", "two", Mark);
        var bytes = await File.ReadAllBytesAsync(_home.JournalOf("s1"));
        await File.WriteAllBytesAsync(_home.JournalOf("s1"), bytes[..^9]);

        var (state, damage) = await OpenAsync();

        Assert.Null(damage);
        Assert.Equal(["one", "two"], Texts(state));
        Assert.Equal(2, (await File.ReadAllLinesAsync(_home.JournalOf("s1"))).Length);
        Assert.Empty(Directory.GetFiles(_home.JournalFolder, "*.damaged-*"));
    }

    [Fact]
    public async Task Damage_in_front_of_the_snapshot_does_not_matter_any_more()
    {
        await WriteAsync("one", "two", Mark, "three");
        await ChangeLineAsync(1);

        var opened = await _home.OpenAsync("s1");
        await using var journal = opened.Journal;

        Assert.Null(opened.Damage);
        Assert.Equal(["three"], opened.Events.Select(e => ((Notice)e.Event).Text));
        var page = await journal.ReadAsync(1, 10, 10, default);
        Assert.Equal(["two", "three"], page.Select(e => ((Notice)e.Event).Text));
    }

    [Fact]
    public async Task What_looks_like_a_snapshot_in_the_words_of_an_event_is_none()
    {
        await WriteAsync("one\n{\"crc\":\"00000000\",\"snapshot\":{", "two\",\"snapshot\":{\"version\":2}");

        var (state, damage) = await OpenAsync();

        Assert.Null(damage);
        Assert.Equal(2, state.Events.Count);
    }

    [Fact]
    public async Task A_snapshot_of_a_newer_format_stops_the_opening_and_changes_nothing()
    {
        await WriteAsync("one");
        const string body = """
            "snapshot":{"version":3,"seq":1,"parts":{}}}
            """;
        var crc = System.IO.Hashing.Crc32.HashToUInt32(Encoding.UTF8.GetBytes(body));
        await File.AppendAllTextAsync(_home.JournalOf("s1"), $$"""{"crc":"{{crc:x8}}",{{body}}""" + "\n");
        var before = await File.ReadAllBytesAsync(_home.JournalOf("s1"));

        var error = await Assert.ThrowsAsync<SageException>(() => _home.OpenAsync("s1"));

        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_home.JournalOf("s1")));
    }

    [Fact]
    public async Task A_journal_of_version_1_is_opened_goes_on_and_gets_snapshots()
    {
        await _home.WriteAsync("s1", new SessionCreated(1, "/w"), new Notice("one"));
        var opened = await _home.OpenAsync("s1");
        await using (opened.Journal)
        {
            opened.Journal.Append(CollectedEvents.Snapshot(2));
            opened.Journal.Append(new Notice("two").Numbered(3));
        }

        var (state, damage) = await OpenAsync();

        Assert.Null(damage);
        Assert.Equal(2, state.RestoredAt);
        Assert.Equal(["two"], Texts(state));
    }

    [Fact]
    public async Task A_snapshot_is_wanted_when_the_journal_has_grown_and_more_seldom_when_snapshots_are_large()
    {
        var journals = new FileJournals(_home.Home, bytesBetweenSnapshots: 10_000);
        await using var journal = journals.Create(_home.Workspace, "s1");
        Assert.False(journal.WantsSnapshot);
        journal.Append(new Notice(new string('x', 10_000)).Numbered(1));
        Assert.True(journal.WantsSnapshot);

        journal.Append(CollectedEvents.Snapshot(1, new string('y', 20_000)));
        Assert.False(journal.WantsSnapshot);
        journal.Append(new Notice(new string('x', 70_000)).Numbered(2));
        Assert.False(journal.WantsSnapshot);
        journal.Append(new Notice(new string('x', 11_000)).Numbered(3));
        Assert.True(journal.WantsSnapshot);
    }

    [Fact]
    public Task A_page_holds_the_newest_events_before_a_number_wherever_snapshots_stand() =>
        Gen.Select(Sizes, Gen.Int[1, 70], Gen.Int[1, 70], Gen.Int[1, 30])
            .SampleAsync(
                async (sizes, from, before, limit) =>
                {
                    await using var journal = _home.Journals.Create(_home.Workspace, $"p{++_pages}");
                    var last = Write(journal, sizes);

                    var page = await journal.ReadAsync(from, before, limit, default);

                    var wanted = Enumerable.Range(1, last).Where(n => n >= from && n < before).TakeLast(limit).ToList();
                    // The window may hold fewer of long ones, but always the last.
                    Assert.Equal(wanted.TakeLast(page.Length).Select(n => (long?)n), page.Select(e => e.Seq));
                    var read = page.Sum(e => ((Notice)e.Event).Text.Length);
                    Assert.True(page.Length == wanted.Count || read > 4_000_000);
                },
                iter: 60,
                threads: 1
            );

    public void Dispose() => _home.Dispose();

    private const string Mark = "a snapshot";

    // Of each event; a snapshot where it is negative.
    private static readonly Gen<int[]> Sizes = Gen.Int[0, 9]
        .Select(kind =>
            kind switch
            {
                0 => 400_000,
                1 => 30_000,
                2 => -1,
                _ => 20,
            }
        )
        .Array[1, 60];

    private int _pages;

    /// <returns>The number of the last event.</returns>
    private static int Write(IJournal journal, int[] sizes)
    {
        var seq = 0;
        foreach (var size in sizes)
        {
            if (size < 0)
            {
                journal.Append(CollectedEvents.Snapshot(seq, new string('s', 50_000)));
            }
            else
            {
                journal.Append(new Notice(new string('x', size)).Numbered(++seq));
            }
        }
        return seq;
    }

    private async Task WriteAsync(params string[] lines)
    {
        await using var journal = _home.Journals.Create(_home.Workspace, "s1");
        var seq = 0;
        foreach (var line in lines)
        {
            if (line is Mark or "refused")
            {
                journal.Append(CollectedEvents.Snapshot(seq, line));
            }
            else
            {
                journal.Append(new Notice(line).Numbered(++seq));
            }
        }
    }

    private async Task<(CollectedEvents State, string? Damage)> OpenAsync()
    {
        var state = new CollectedEvents();
        var opened = await _home.Journals.OpenAsync(_home.Workspace, "s1", state, default);
        await opened!.Journal.DisposeAsync();
        return (state, opened.Damage);
    }

    private static IEnumerable<string> Texts(CollectedEvents state) => state.Events.Select(e => ((Notice)e.Event).Text);

    /// <summary>Changes a byte in the middle of a line, counted from 1.</summary>
    private async Task ChangeLineAsync(int number)
    {
        var bytes = await File.ReadAllBytesAsync(_home.JournalOf("s1"));
        var start = 0;
        for (var line = 1; line < number; line++)
        {
            start += bytes.AsSpan(start).IndexOf((byte)'\n') + 1;
        }
        var length = bytes.AsSpan(start).IndexOf((byte)'\n');
        bytes[start + length - 4] ^= 1;
        await File.WriteAllBytesAsync(_home.JournalOf("s1"), bytes);
    }
}
