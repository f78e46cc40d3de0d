using Sage.Agent.Extensions;
using Sage.Protocol.Events;
using Sage.TestKit.Fakes;

namespace Sage.Tools.Tests.Checkpoints;

/// <summary>Keeping and undoing the hunks of one file.</summary>
public sealed class ReviewTests : IDisposable
{
    private readonly CheckpointBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Each_change_is_a_hunk_with_the_call_that_made_it()
    {
        _bench.User("1\n2\n3\n4\n5\n6\n");
        await _bench.AgentAsync("1\nTWO\n3\n4\n5\n6\n", "t1");
        await _bench.AgentAsync("1\nTWO\n3\n4\n5\n6\n7\n", "t2");

        var pending = await _bench.PendingAsync();

        Assert.Equal((FileChangeKind.Modified, 2, 1), (pending!.Kind, pending.Added, pending.Removed));
        Assert.Equal(
            [(1, 1, "t1", "c1"), (6, 1, "t2", "c2")],
            pending.Hunks.Select(hunk => (hunk.NewStart, hunk.NewLines, hunk.TurnId, hunk.CallId))
        );
        Assert.Equal("1\n2\n3\n4\n5\n6\n", await _bench.OriginalAsync());
    }

    [Fact]
    public async Task Undoing_one_hunk_leaves_the_others_to_be_reviewed()
    {
        _bench.User("1\n2\n3\n4\n");
        await _bench.AgentAsync("ONE\n2\n3\nFOUR\n");
        var first = (await _bench.PendingAsync())!.Hunks[0];

        var done = await _bench.UndoAsync(new HunkSelection.One(first.Id));

        Assert.Equal("1\n2\n3\nFOUR\n", _bench.Text);
        Assert.Null(done.Left);
        Assert.Equal(3, Assert.Single((await _bench.PendingAsync())!.Hunks).NewStart);
    }

    [Fact]
    public async Task Keeping_one_hunk_leaves_the_others_to_be_reviewed()
    {
        _bench.User("1\n2\n3\n4\n");
        await _bench.AgentAsync("ONE\n2\n3\nFOUR\n");
        var first = (await _bench.PendingAsync())!.Hunks[0];

        Assert.True(await _bench.KeepAsync(new HunkSelection.One(first.Id)));

        Assert.Equal(3, Assert.Single((await _bench.PendingAsync())!.Hunks).NewStart);
        await _bench.UndoAsync();
        Assert.Equal("ONE\n2\n3\n4\n", _bench.Text);
        Assert.Null(await _bench.PendingAsync());
    }

    [Fact]
    public async Task What_was_kept_is_not_undone_with_what_comes_later()
    {
        _bench.User("1\n2\n3\n");
        await _bench.AgentAsync("ONE\n2\n3\n", "t1");
        await _bench.KeepAsync();
        Assert.Null(await _bench.PendingAsync());
        await _bench.AgentAsync("ONE\n2\nTHREE\n", "t2");

        await _bench.UndoAsync();

        Assert.Equal("ONE\n2\n3\n", _bench.Text);
    }

    [Fact]
    public async Task What_the_user_changed_elsewhere_is_no_hunk_and_stays()
    {
        _bench.User("1\n2\n3\n4\n5\n");
        await _bench.AgentAsync("1\nTWO\n3\n4\n5\n");
        _bench.User("0\n1\nTWO\n3\n4\nFIVE\n");

        var hunk = Assert.Single((await _bench.PendingAsync())!.Hunks);
        Assert.Equal((2, 1, false), (hunk.NewStart, hunk.NewLines, hunk.Edited));
        await _bench.UndoAsync();

        Assert.Equal("0\n1\n2\n3\n4\nFIVE\n", _bench.Text);
    }

    [Fact]
    public async Task Lines_of_a_hunk_that_the_user_has_changed_stay_unless_they_say_so()
    {
        _bench.User("1\n2\n3\n");
        await _bench.AgentAsync("1\nTWO\nMORE\n3\n");
        _bench.User("1\nTWO, mine\nMORE\n3\n");
        Assert.True(Assert.Single((await _bench.PendingAsync())!.Hunks).Edited);

        var done = await _bench.UndoAsync();

        Assert.Equal((null, 1), (done.Restored, done.Left!.Conflicts));
        Assert.Equal("1\nTWO, mine\nMORE\n3\n", _bench.Text);
        await _bench.UndoAsync(overwrite: true);
        Assert.Equal("1\n2\n3\n", _bench.Text);
    }

    [Fact]
    public async Task A_turn_is_undone_by_itself()
    {
        _bench.User("1\n2\n3\n4\n5\n");
        await _bench.AgentAsync("ONE\n2\n3\n4\n5\n", "t1");
        await _bench.AgentAsync("ONE\n2\n3\n4\nFIVE\n", "t2");
        _bench.User("ONE\n2\nmine\n3\n4\nFIVE\n");

        await _bench.UndoAsync(_bench.OfTurn("t1"));

        Assert.Equal("1\n2\nmine\n3\n4\nFIVE\n", _bench.Text);
        Assert.Equal("t2", Assert.Single((await _bench.PendingAsync())!.Hunks).TurnId);
    }

    [Fact]
    public async Task A_turn_is_kept_by_itself()
    {
        _bench.User("1\n2\n3\n4\n5\n");
        await _bench.AgentAsync("ONE\n2\n3\n4\n5\n", "t1");
        await _bench.AgentAsync("ONE\n2\n3\n4\nFIVE\n", "t2");

        Assert.True(await _bench.KeepAsync(new HunkSelection.OfTurn("t1")));

        Assert.Equal("t2", Assert.Single((await _bench.PendingAsync())!.Hunks).TurnId);
        Assert.Equal("ONE\n2\n3\n4\n5\n", await _bench.OriginalAsync());
    }

    [Fact]
    public async Task A_created_file_is_one_hunk_and_undone_by_deleting_it()
    {
        await _bench.AgentAsync("new\nfile\n");

        var pending = await _bench.PendingAsync();
        Assert.Equal((FileChangeKind.Created, 2, 0), (pending!.Kind, pending.Added, pending.Removed));
        Assert.Single(pending.Hunks);
        var done = await _bench.UndoAsync();

        Assert.Equal(FileChangeKind.Deleted, done.Restored!.Kind);
        Assert.Null(_bench.Bytes);
        Assert.Null(await _bench.PendingAsync());
    }

    [Fact]
    public async Task A_created_file_that_the_user_went_on_with_is_not_deleted_by_itself()
    {
        await _bench.AgentAsync("new\n");
        _bench.User("new\nmine\n");

        var done = await _bench.UndoAsync();

        Assert.Equal((null, 1), (done.Restored, done.Left!.Conflicts));
        Assert.Equal("new\nmine\n", _bench.Text);
    }

    [Theory]
    [InlineData("a\r\nb\n")]
    [InlineData("\uFEFFa\nno end")]
    public async Task A_deleted_file_comes_back_byte_by_byte(string text)
    {
        _bench.User(text);
        var bytes = _bench.Bytes;
        await _bench.AgentAsync((string?)null);
        Assert.Equal(FileChangeKind.Deleted, (await _bench.PendingAsync())!.Kind);

        await _bench.UndoAsync();

        Assert.Equal(bytes, _bench.Bytes);
        Assert.Null(await _bench.PendingAsync());
    }

    [Fact]
    public async Task A_file_that_is_no_text_comes_back_whole()
    {
        byte[] before = [1, 0, 2, 0];
        await File.WriteAllBytesAsync(_bench.FullPath, before);
        await _bench.AgentAsync([3, 0, 4]);
        Assert.Single((await _bench.PendingAsync())!.Hunks);

        await _bench.UndoAsync();

        Assert.Equal(before, _bench.Bytes);
    }

    [Fact]
    public async Task A_document_in_the_editor_is_undone_there()
    {
        _bench.User("1\n2\n");
        await _bench.AgentAsync("1\nTWO\n");
        _bench.Tools.Editor.Open(_bench.FullPath, "typed\n1\nTWO\n", DocumentState.Dirty);

        await _bench.UndoAsync();

        Assert.Equal("typed\n1\n2\n", _bench.Tools.Editor.Find(_bench.FullPath)!.Text);
        Assert.Equal("1\nTWO\n", _bench.Text);
    }

    [Fact]
    public async Task What_is_not_kept_any_more_is_said_and_can_be_done_with()
    {
        _bench.User("1\n");
        await _bench.AgentAsync("2\n");
        _bench.Tools.Images.Forget();

        Assert.Contains("not kept any more", (await _bench.PendingAsync())!.Problem, StringComparison.Ordinal);
        Assert.NotNull((await _bench.UndoAsync()).Left);
        Assert.Equal("2\n", _bench.Text);
        Assert.True(await _bench.KeepAsync());
        Assert.False(_bench.History.MayBePending);
    }

    [Fact]
    public async Task A_hunk_that_is_not_there_any_more_is_neither_kept_nor_undone()
    {
        _bench.User("1\n2\n");
        await _bench.AgentAsync("1\nTWO\n");
        var hunk = (await _bench.PendingAsync())!.Hunks[0];
        _bench.User("1\nTWO, mine\n");

        Assert.False(await _bench.KeepAsync(new HunkSelection.One(hunk.Id)));
        var done = await _bench.UndoAsync(new HunkSelection.One(hunk.Id));

        Assert.Equal((null, null), (done.Restored, done.Left));
    }

    [Fact]
    public async Task Redo_brings_back_what_was_undone_and_keeps_what_the_user_did_in_between()
    {
        _bench.User("1\n2\n3\n4\n5\n");
        await _bench.AgentAsync("1\nTWO\n3\n4\n5\n");
        await _bench.UndoAsync();
        _bench.User("1\n2\n3\n4\nFIVE, mine\n");

        await _bench.UndoAsync(_bench.LastStep);

        Assert.Equal("1\nTWO\n3\n4\nFIVE, mine\n", _bench.Text);
        Assert.Single((await _bench.PendingAsync())!.Hunks);
    }

    [Fact]
    public async Task Redo_leaves_what_the_user_has_changed_there_since_unless_they_say_so()
    {
        _bench.User("1\n2\n3\n");
        await _bench.AgentAsync("1\nTWO\n3\n");
        await _bench.UndoAsync();
        _bench.User("1\n2, mine\n3\n");

        var done = await _bench.UndoAsync(_bench.LastStep);

        Assert.Equal((null, 1), (done.Restored, done.Left!.Conflicts));
        Assert.Equal("1\n2, mine\n3\n", _bench.Text);
        await _bench.UndoAsync(_bench.LastStep, overwrite: true);
        Assert.Equal("1\nTWO\n3\n", _bench.Text);
    }

    [Fact]
    public async Task A_file_that_became_a_pipe_is_left_and_never_opened()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _bench.User("1\n");
        await _bench.AgentAsync("ONE\n");
        File.Delete(_bench.FullPath);
        using var made = System.Diagnostics.Process.Start("mkfifo", [_bench.FullPath]);
        await made.WaitForExitAsync();

        var done = await _bench.UndoAsync();

        Assert.Null(done.Restored);
        Assert.Equal("a.txt is a pipe, a socket or a device now.", done.Left!.Reason);
    }

    [Fact]
    public async Task A_preview_says_what_would_happen_and_changes_nothing()
    {
        _bench.User("1\n2\n3\n4\n5\n6\n7\n8\n9\n");
        await _bench.AgentAsync("ONE\n2\n3\n4\n5\n6\n7\n8\nNINE\n");
        _bench.User("ONE, mine\n2\n3\n4\n5\n6\n7\n8\nNINE\n");

        var preview = await _bench.PreviewAsync(_bench.Everything);

        Assert.Equal((FileChangeKind.Modified, 1), (preview!.Kind, preview.Conflicts));
        Assert.Contains("-NINE", Assert.Single(preview.Hunks).Lines);
        Assert.Equal("ONE, mine\n2\n3\n4\n5\n6\n7\n8\nNINE\n", _bench.Text);
    }
}
