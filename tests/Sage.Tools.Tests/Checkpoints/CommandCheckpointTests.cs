using System.Diagnostics;
using System.Text;
using Sage.Protocol.Events;
using Sage.Tools.Checkpoints.Commands;

namespace Sage.Tools.Tests.Checkpoints;

/// <summary>What a command changes is found, and what was there can be had back.</summary>
public sealed class CommandCheckpointTests : IDisposable
{
    private static readonly DateTime LongAgo = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Without_git_every_small_file_is_covered()
    {
        Old("changed.txt", "one\ntwo\n");
        Old("sub/deleted.txt", "gone\n");
        Old("same.txt", "same\n");

        var events = await RunAsync(() =>
        {
            _bench.Write("changed.txt", "one\nTWO\n");
            File.Delete(_bench.PathOf("sub/deleted.txt"));
            _bench.Write("new.txt", "new\n");
        });

        Assert.Equal(
            [
                ("changed.txt", FileChangeKind.Modified, "one\ntwo\n", "one\nTWO\n"),
                ("new.txt", FileChangeKind.Created, null, "new\n"),
                ("sub/deleted.txt", FileChangeKind.Deleted, "gone\n", null),
            ],
            await DescribeAsync(events)
        );
        Assert.Contains("-two", Changes(events)[0].Hunks.Single().Lines);
        Assert.DoesNotContain(events, happened => happened is Notice);
    }

    [Fact]
    public async Task A_file_that_was_only_touched_has_not_changed()
    {
        Old("a.txt", "a\n");

        Assert.Empty(await RunAsync(() => File.SetLastWriteTimeUtc(_bench.PathOf("a.txt"), DateTime.UtcNow)));
    }

    [Fact]
    public async Task What_git_ignores_is_none_of_our_business()
    {
        Git("init", "-q");
        Old(".gitignore", "build/\n");
        Old("build/out.bin", "old");

        Assert.Empty(await RunAsync(() => _bench.Write("build/out.bin", "new")));
    }

    [Fact]
    public async Task What_git_has_is_not_copied_and_comes_back_from_there()
    {
        Git("init", "-q");
        Old("tracked.txt", "tracked\n");
        Old("run.sh", "#!/bin/sh\n");
        Git("add", ".");
        Old("untracked.txt", "untracked\n");
        Old("dirty.txt", "committed\n");
        Git("add", "dirty.txt");
        Old("dirty.txt", "edited by the user\n", days: 1);
        LetTheIndexBeYounger();
        var index = GitIndex.TryRead(_bench.Workspace.Root);
        Assert.NotNull(index!.Find("tracked.txt", StampOf("tracked.txt")));
        Assert.Null(index.Find("dirty.txt", StampOf("dirty.txt")));
        Assert.Null(index.Find("untracked.txt", StampOf("untracked.txt")));
        var before = File.ReadAllBytes(_bench.PathOf(".git/index"));

        var events = await RunAsync(() =>
        {
            foreach (var name in (string[])["tracked.txt", "run.sh", "untracked.txt", "dirty.txt"])
            {
                File.Delete(_bench.PathOf(name));
            }
        });

        Assert.Equal(
            [
                ("dirty.txt", FileChangeKind.Deleted, "edited by the user\n", null),
                ("run.sh", FileChangeKind.Deleted, "#!/bin/sh\n", null),
                ("tracked.txt", FileChangeKind.Deleted, "tracked\n", null),
                ("untracked.txt", FileChangeKind.Deleted, "untracked\n", null),
            ],
            await DescribeAsync(events)
        );
        Assert.Equal(before, File.ReadAllBytes(_bench.PathOf(".git/index")));
    }

    [Fact]
    public async Task Line_endings_that_git_writes_differently_come_back_as_they_were()
    {
        Git("init", "-q");
        Git("config", "core.autocrlf", "true");
        Old("a.txt", "one\r\ntwo\r\n");
        Git("add", ".");
        LetTheIndexBeYounger();

        var events = await RunAsync(() => _bench.Write("a.txt", "one\r\n"));

        Assert.Equal(
            ("a.txt", FileChangeKind.Modified, "one\r\ntwo\r\n", "one\r\n"),
            (await DescribeAsync(events)).Single()
        );
    }

    [Fact]
    public async Task A_hostile_repository_runs_nothing()
    {
        Git("init", "-q");
        Old("a.txt", "a\n");
        Old(".gitattributes", "*.txt filter=evil diff=evil\n");
        Git("add", ".");
        Git("config", "core.fsmonitor", "touch evil; false");
        Git("config", "filter.evil.smudge", "touch evil; cat");
        Git("config", "diff.external", "touch evil");
        LetTheIndexBeYounger();

        var events = await RunAsync(() => File.Delete(_bench.PathOf("a.txt")));

        Assert.Equal(("a.txt", FileChangeKind.Deleted, "a\n", null), (await DescribeAsync(events)).Single());
        Assert.False(File.Exists(_bench.PathOf("evil")));
    }

    [Fact]
    public async Task What_is_too_large_to_be_kept_is_said()
    {
        Old("large.log", new string('x', CommandCheckpoints.LargestCopy + 1));

        var events = await RunAsync(() => _bench.Write("large.log", "short\n"));

        Assert.Null(Changes(events).Single().Before);
        var notice = Assert.Single(events.OfType<Notice>());
        Assert.Equal(
            "What this command changed here cannot be undone, because it was too much or too large to be kept: large.log.",
            notice.Text
        );
    }

    [Fact]
    public async Task Where_there_are_too_many_files_it_is_said_once()
    {
        Old("a.txt", "a\n");
        Old("b.txt", "b\n");
        var commands = new CommandCheckpoints(_bench.Images) { MostLookedAt = 1 };

        var first = await (await commands.BeginAsync(_bench.Context(), CancellationToken.None)).FindChangesAsync();
        var second = await (await commands.BeginAsync(_bench.Context(), CancellationToken.None)).FindChangesAsync();

        Assert.Contains("too many files", Assert.IsType<Notice>(Assert.Single(first)).Text, StringComparison.Ordinal);
        Assert.Empty(second);
    }

    [Fact]
    public async Task What_is_Sages_own_is_not_the_users()
    {
        _bench.Images.Home = _bench.PathOf(".sage");

        Assert.Empty(await RunAsync(() => _bench.Write(".sage/logs/sage.log", "new\n")));
    }

    [Fact]
    public async Task A_second_command_copies_only_what_is_new()
    {
        Old("a.txt", "a\n");
        await RunAsync(() => _bench.Write("b.txt", "b\n"));
        _bench.Images.Failure = new IOException("Nothing may be kept again.");

        Assert.Empty(await RunAsync(() => { }));
    }

    [Fact]
    public async Task Nothing_runs_when_what_is_there_cannot_be_kept()
    {
        Old("a.txt", "a\n");
        _bench.Images.Failure = new IOException("The disk is full.");

        await Assert.ThrowsAsync<IOException>(() => RunAsync(() => Assert.Fail("It ran.")));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Every_version_of_the_index_is_read(int version)
    {
        Git("init", "-q");
        Git("config", "index.version", $"{version}");
        for (var file = 0; file < 50; file++)
        {
            Old($"folder {file % 3}/a file with a name {file}.txt", $"{file}\n");
        }

        Old("ünïcode.txt", "ü\n");
        Git("add", ".");
        LetTheIndexBeYounger();

        var index = GitIndex.TryRead(_bench.Workspace.Root)!;
        var stamps = FileStamps.TryTake(_bench.Workspace.Root, "", 100, CancellationToken.None)!;
        Assert.Equal(51, stamps.Count);
        Assert.All(stamps, file => Assert.NotNull(index.Find(file.Key, file.Value)));
    }

    [Fact]
    public void An_index_that_is_none_is_not_believed()
    {
        Assert.Null(GitIndex.TryParse("DIRC"u8));
        Assert.Null(GitIndex.TryParse(Encoding.ASCII.GetBytes("DIRC\0\0\0\u0002\0\0\0\u0005" + new string('x', 400))));
        Assert.Null(GitIndex.TryParse(new byte[200]));
    }

    private async Task<IReadOnlyList<DurableEvent>> RunAsync(Action command)
    {
        var checkpoint = await _bench.Commands.BeginAsync(_bench.Context(), CancellationToken.None);
        command();
        return await checkpoint.FindChangesAsync();
    }

    private static List<FileChanged> Changes(IEnumerable<DurableEvent> events) => [.. events.OfType<FileChanged>()];

    private async Task<List<(string, FileChangeKind, string?, string?)>> DescribeAsync(IEnumerable<DurableEvent> events)
    {
        var described = new List<(string, FileChangeKind, string?, string?)>();
        foreach (var change in Changes(events))
        {
            described.Add((change.Path, change.Kind, await TextOf(change.Before), await TextOf(change.After)));
        }

        return described;
    }

    private async Task<string?> TextOf(FileImage? image) =>
        image is null
            ? null
            : Encoding.UTF8.GetString((await _bench.Images.ReadAsync("session-1", image, CancellationToken.None))!);

    // What is older than git's index is believed by git; a test is faster than that.
    private void Old(string path, string text, int days = 0) =>
        File.SetLastWriteTimeUtc(_bench.Write(path, text), LongAgo.AddDays(days));

    private void LetTheIndexBeYounger() => File.SetLastWriteTimeUtc(_bench.PathOf(".git/index"), DateTime.UtcNow);

    private FileStamp StampOf(string path)
    {
        var file = new FileInfo(_bench.PathOf(path));
        return new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks);
    }

    private void Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = _bench.Workspace.Root,
            Environment = { ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1" },
        };
        using var git = Process.Start(start)!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
