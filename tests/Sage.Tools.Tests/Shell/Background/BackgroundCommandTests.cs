using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Sage.Agent.BackgroundWork;
using Sage.Agent.Permissions;
using Sage.Agent.Runtime;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Runtime;
using Sage.Sandbox.Commands;
using Sage.SupervisorHost;
using Sage.TestKit.Fakes;
using Sage.Tools.Shell;
using Sage.Tools.Shell.Background;

namespace Sage.Tools.Tests.Shell.Background;

public sealed class BackgroundCommandTests : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly ToolBench _bench = new();
    private readonly Marker _marker = new();
    private readonly List<SessionEvent> _events = [];
    private readonly WorkTree _work = new(TimeProvider.System);
    private readonly BackgroundTasks _tasks;
    private readonly RunCommandTool _run;
    private readonly CommandOutputTool _output = new(TimeProvider.System);
    private readonly StopCommandTool _stop = new(TimeProvider.System);

    public BackgroundCommandTests()
    {
        _tasks = new BackgroundTasks(Record, Record, _work, "session-1", TimeProvider.System);
        _run = new(
            new(TestSupervisor.Launch, EnvironmentScrub.Default, TimeProvider.System),
            _bench.Paths,
            new FakeSpillFiles(_bench.SpillRoot),
            _bench.Commands,
            _bench.Sandbox,
            TimeProvider.System
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _tasks.CloseAsync();
        _bench.Dispose();
    }

    [Fact]
    public async Task It_runs_on_when_its_call_has_its_result()
    {
        var result = await StartAsync($"echo started; {_marker.Sleep}; true");

        Assert.Equal(ToolCallStatus.Ok, result.Status);
        Assert.StartsWith("Runs in the background as b1.", result.Text, StringComparison.Ordinal);
        await _marker.WaitForSleepsAsync(1);
        var task = Assert.Single(_tasks.Running);
        Assert.Equal(("b1", "call-1"), (task.Id, task.CallId));
        Assert.Equal(new BackgroundStarted("b1", "call-1", task.Title), Assert.Single(Of<BackgroundStarted>()));
        Assert.Equal([WorkKind.BackgroundTask, WorkKind.Process], _work.Snapshot().Select(work => work.Kind));
        await _tasks.CloseAsync();
        Assert.Empty(_work.Snapshot());
    }

    [Fact]
    public async Task Its_output_is_read_piece_by_piece()
    {
        await StartAsync("echo one; while [ ! -e go ]; do sleep 0.02; done; echo two; exit 3");

        Assert.Equal("one\n\n[b1 is running, ", (await ReadAsync(wait: 60)).Text[..21]);
        Assert.StartsWith("(no new output)\n\n[b1 is running, ", (await ReadAsync()).Text, StringComparison.Ordinal);
        _bench.Write("go", "");
        Assert.StartsWith("two\n", (await ReadAsync(wait: 60)).Text, StringComparison.Ordinal);
        await _tasks.All[0].Ended.WaitAsync(Soon);
        var last = await ReadAsync();

        Assert.Equal(ToolCallStatus.Ok, last.Status);
        Assert.Matches(@"^\(no new output\)\n\n\[b1 has ended: exit code 3, after [0-9.]+ m?s\]\z", last.Text);
        var end = Assert.Single(Of<BackgroundEnded>());
        Assert.Equal((BackgroundEndHow.Exited, 3), (end.How, end.ExitCode));
    }

    [Fact]
    public async Task Waiting_ends_with_the_command_also_when_it_says_nothing()
    {
        await StartAsync("while [ ! -e go ]; do sleep 0.02; done");
        var reading = ReadAsync(wait: 100);
        _bench.Write("go", "");

        var result = await reading.WaitAsync(Soon);

        Assert.StartsWith("(no new output)\n\n[b1 has ended: exit code 0", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_ends_when_its_time_is_over()
    {
        var time = new FakeTimeProvider();
        await StartAsync(_marker.Sleep);
        var reading = _bench.RunAsync(new CommandOutputTool(time), """{"id": "b1", "wait_s": 30}""", Context());

        Assert.False(reading.IsCompleted);
        while (!reading.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(30));
            await Task.WhenAny(reading, Task.Delay(10));
        }

        Assert.StartsWith("(no new output)\n\n[b1 is running, ", (await reading).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_ends_everything_it_started()
    {
        await StartAsync(_marker.InPlace("echo ready; (setsid sh -c 'SLEEP & SLEEP' &); SLEEP"));
        await _marker.WaitForSleepsAsync(3);

        var result = await _bench.RunAsync(_stop, """{"id": "b1"}""", Context());

        Assert.Equal(0, _marker.CountAlive());
        Assert.Matches(@"^ready\n\n\[b1 was stopped after [0-9.]+ m?s\]\z", result.Text);
        Assert.Equal(BackgroundEndHow.Stopped, Assert.Single(Of<BackgroundEnded>()).How);
    }

    [Fact]
    public async Task Stopping_what_has_ended_says_how_it_ended()
    {
        await StartAsync("echo done");
        await _tasks.All[0].Ended.WaitAsync(Soon);

        var result = await _bench.RunAsync(_stop, """{"id": "b1"}""", Context());

        Assert.StartsWith("done\n\n[b1 has ended: exit code 0", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_the_session_ends_all_of_them()
    {
        await StartAsync(_marker.Sleep);
        await StartAsync($"trap '' TERM; (setsid {_marker.Sleep} &); {_marker.Sleep}");
        await _marker.WaitForSleepsAsync(3);

        var ended = await _tasks.CloseAsync();

        Assert.Equal(0, _marker.CountAlive());
        Assert.Equal(["b1", "b2"], ended.Select(task => task.Id));
        Assert.All(Of<BackgroundEnded>(), end => Assert.Equal(BackgroundEndHow.SessionClosed, end.How));
    }

    [Theory]
    [InlineData("b7", "There is no background task `b7`: nothing was started in the background.")]
    public async Task An_id_that_names_nothing_is_an_error(string id, string error)
    {
        var input = $$"""{"id": "{{id}}"}""";

        Assert.Equal(ToolResult.Error(error), await _bench.RunAsync(_output, input, Context()));
        Assert.Equal(ToolResult.Error(error), await _bench.RunAsync(_stop, input, Context()));
    }

    [Fact]
    public async Task An_id_that_names_nothing_is_answered_with_those_that_do()
    {
        await StartAsync(_marker.Sleep);

        var result = await _bench.RunAsync(_output, """{"id": "2"}""", Context());

        Assert.Equal($"There is no background task `2`. There is: b1 ({_marker.Sleep}).", result.Text);
    }

    [Fact]
    public async Task A_seventeenth_is_refused()
    {
        for (var i = 0; i < BackgroundTasks.Limit; i++)
        {
            await StartAsync(_marker.Sleep);
        }

        var result = await StartAsync("touch ran");

        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains("16 commands run in the background", result.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(_bench.PathOf("ran")));
    }

    [Fact]
    public async Task People_see_its_output_as_a_stream_of_its_own()
    {
        await StartAsync("echo one; echo two");
        await _tasks.All[0].Ended.WaitAsync(Soon);

        Assert.Empty(_bench.Output);
        Assert.Equal("one\ntwo\n", string.Concat(Of<BackgroundOutput>().Select(piece => piece.Text)));
        Assert.Equal(0, Of<BackgroundOutput>()[0].Offset);
        Assert.Equal((0L, "one\ntwo\n"), _tasks.All[0].Tail);
    }

    [Fact]
    public async Task All_of_its_output_is_in_a_file()
    {
        await StartAsync("i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done");
        await _tasks.All[0].Ended.WaitAsync(Soon);

        var result = await ReadAsync();

        Assert.StartsWith("line 0\n", result.Text, StringComparison.Ordinal);
        Assert.Contains("line 19999\n\n[b1 has ended", result.Text, StringComparison.Ordinal);
        Assert.InRange(result.Text.Length, 25_000, _output.Definition.OutputBudget);
        var file = Assert.Single(Directory.GetFiles(_bench.SpillRoot, "*", SearchOption.AllDirectories));
        Assert.Contains(file, result.Text, StringComparison.Ordinal);
        Assert.Equal(20_000, File.ReadLines(file).Count());
    }

    [Fact]
    public async Task A_command_that_is_waited_for_can_be_moved()
    {
        var running = RunAsync($"echo early; {_marker.Sleep} & while [ ! -e go ]; do sleep 0.02; done; echo late");
        await _marker.WaitForSleepsAsync(1);

        Assert.Equal("b1", await _tasks.MoveAsync("call-1").WaitAsync(Soon));
        var result = await running.WaitAsync(Soon);

        Assert.Equal(ToolCallStatus.Ok, result.Status);
        Assert.StartsWith("early\n\n[the user moved it to the background as b1", result.Text, StringComparison.Ordinal);
        Assert.Equal(1, _marker.CountSleeping());
        _bench.Write("go", "");
        await _tasks.All[0].Ended.WaitAsync(Soon);
        Assert.StartsWith("late\n\n[b1 has ended: exit code 0", (await ReadAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(0, _marker.CountAlive());
        Assert.Equal("late\n", string.Concat(Of<BackgroundOutput>().Select(piece => piece.Text)));
    }

    [Fact]
    public async Task A_moved_command_is_not_the_turns_to_cancel()
    {
        using var cancel = new CancellationTokenSource();
        var running = RunAsync(_marker.Sleep, cancel.Token);
        await _marker.WaitForSleepsAsync(1);
        await _tasks.MoveAsync("call-1").WaitAsync(Soon);
        await running;

        await cancel.CancelAsync();

        Assert.Equal(1, _marker.CountSleeping());
        Assert.Single(_tasks.Running);
    }

    [Fact]
    public async Task What_has_ended_cannot_be_moved()
    {
        await RunAsync("true");

        Assert.Null(await _tasks.MoveAsync("call-1"));
        Assert.Null(await _tasks.MoveAsync("call-2"));
    }

    [Fact]
    public void It_is_asked_for_like_any_command_and_reading_it_is_free()
    {
        var start = _bench.Accept(_run, """{"command": "npm start", "background": true}""");
        Assert.Equal(
            (PermissionKind.Execute, "run_command(npm start)"),
            (start.Permission.Kind, start.Permission.Rule)
        );
        Assert.Same(ResourceAccess.WritesEverything, start.Access);

        foreach (var (tool, name) in new (ITool, string)[] { (_output, "command_output"), (_stop, "stop_command") })
        {
            var call = _bench.Accept(tool, """{"id": "b1"}""");
            Assert.Equal((PermissionKind.Read, $"{name}(b1)"), (call.Permission.Kind, call.Permission.Rule));
            Assert.Same(ResourceAccess.None, call.Access);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(121)]
    public void Waiting_has_its_limits(int seconds) =>
        Assert.Contains(
            "`wait_s` must be from 0 to 120",
            _bench.Reject(_output, $$"""{"id": "b1", "wait_s": {{seconds}}}"""),
            StringComparison.Ordinal
        );

    private ToolContext Context() => _bench.Context() with { Background = _tasks };

    private Task<ToolResult> StartAsync(string command) =>
        _bench.RunAsync(_run, JsonSerializer.Serialize(new { command, background = true }), Context());

    private Task<ToolResult> RunAsync(string command, CancellationToken cancellationToken = default) =>
        _bench.RunAsync(_run, JsonSerializer.Serialize(new { command }), Context(), cancellationToken);

    private Task<ToolResult> ReadAsync(int wait = 0) =>
        _bench.RunAsync(_output, $$"""{"id": "b1", "wait_s": {{wait}}}""", Context());

    private ValueTask Record(SessionEvent happened)
    {
        lock (_events)
        {
            _events.Add(happened);
        }

        return ValueTask.CompletedTask;
    }

    private List<T> Of<T>()
        where T : SessionEvent
    {
        lock (_events)
        {
            return [.. _events.OfType<T>()];
        }
    }
}
