using Microsoft.Extensions.AI;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorKnowledge;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;
using Sage.TestKit.Agents;
using Sage.TestKit.Fakes;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.EditorKnowledge;

/// <summary>What an edit breaks reaches the model with its result, or before the next request.</summary>
public sealed class DiagnosticsNewsTests : IAsyncDisposable
{
    private readonly AgentRig _rig = new();
    private readonly string _path;

    // What the editor reports: each question takes the next of these, and the last one stays.
    private readonly Queue<ReadDiagnosticsResult> _reports = new();
    private ReadDiagnosticsResult _report = FakeEditorKnowledge.Reported(0);

    public DiagnosticsNewsTests()
    {
        _path = Path.Combine(_rig.Workspace.Root, "a.ts");
        _rig.Editor.IsThere = true;
        _rig.Editor.Diagnostics = (_, _) =>
        {
            _report = _reports.TryDequeue(out var next) ? next : _report;
            return Task.FromResult(_report);
        };
        _rig.Tools.Add(
            new FunctionTool("edit", (_, context, token) => EditAsync(context, token))
            {
                Access = _ => ResourceAccess.Write(_path),
            }
        );
        _rig.Tools.Add(FunctionTool.Answering("look", _ => "seen"));
    }

    private IEnumerable<ReadDiagnosticsParams> Asked => _rig.Editor.Asked.OfType<ReadDiagnosticsParams>();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task What_is_reported_in_time_stands_behind_the_result()
    {
        Reports(Report(1, Old(3)), Report(2, Old(4), Broken));

        var result = await ResultAsync();

        Assert.StartsWith("edited\n\n[New problems that the editor reports:]\n<outside-content", result);
        Assert.Contains("\na.ts:7 error ts(2322): Not a number.\n", result, StringComparison.Ordinal);
        Assert.DoesNotContain("Old.", result, StringComparison.Ordinal);
        Assert.DoesNotContain(_rig.Client.Events, happened => happened is DiagnosticsArrived);
    }

    [Fact]
    public async Task A_result_waits_no_longer_than_its_patience()
    {
        Reports(Report(1), Report(1));

        Assert.Equal("edited", await ResultAsync());
        Assert.Equal([0, 300, 0], Asked.Select(asked => asked.WaitMs));
        Assert.Equal([null, 1, null], Asked.Select(asked => asked.Since));
    }

    [Fact]
    public async Task A_report_without_news_is_not_the_last_word()
    {
        Reports(Report(1, Old(3)), Report(2), Report(3, Old(3), Broken));

        Assert.Contains("Not a number.", await ResultAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_waits_for_files_that_no_tab_shows()
    {
        Reports(Report(1), Report(2) with { Unseen = [_path] }, Report(3, Broken));

        Assert.Equal("edited", await ResultAsync());
    }

    [Fact]
    public async Task What_comes_later_is_told_before_the_next_request_and_once()
    {
        Reports(Report(1), Report(1), Report(2, Broken));
        _rig.Model.Reply(Call("c1", "edit")).Reply(Call("c2", "look"));

        await _rig.RunAsync("go");

        var told = _rig.Model.Requests[1][^1];
        Assert.Equal(ChatRole.User, told.Role);
        Assert.StartsWith("(Sage: the editor now reports problems", told.Text, StringComparison.Ordinal);
        Assert.Contains("a.ts:7 error ts(2322): Not a number.", told.Text, StringComparison.Ordinal);
        Assert.Single(_rig.Client.Events.OfType<DiagnosticsArrived>());
        Assert.All(_rig.Model.Requests, request => Assert.Null(HistoryRules.FindViolation(request)));
    }

    [Fact]
    public async Task What_comes_after_the_last_reply_is_told_in_the_next_turn_and_replayed()
    {
        Reports(Report(1), Report(1), Report(1));
        var session = await _rig.NewSessionAsync();
        _rig.Model.Reply(Call("c1", "edit"));
        await AgentRig.RunAsync(session, "go");
        Reports(Report(2, Broken));
        await AgentRig.RunAsync(session, "on");
        var before = _rig.Model.Requests[^1];
        await _rig.RestartAsync();

        var again = await _rig.Sessions.OpenAsync(_rig.Workspace, session.Id, CancellationToken.None);
        await AgentRig.RunAsync(again, "more");

        Assert.Contains(before, message => message.Text.Contains("Not a number.", StringComparison.Ordinal));
        Assert.Equal(before.Select(Words), _rig.Model.Requests[^1].Take(before.Count).Select(Words));
    }

    [Fact]
    public async Task Another_edit_does_not_swallow_what_nobody_was_told()
    {
        // Before and after the first edit, before and after the second.
        Reports(Report(1), Report(1), Report(2, Broken), Report(2, Broken));
        _rig.Model.Reply(Call("c1", "edit"), Call("c2", "edit"));

        await _rig.RunAsync("go");

        Assert.Contains("Not a number.", ResultOf("c2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_mended_and_broken_again_is_news_again()
    {
        Reports(Report(1), Report(2, Broken), Report(2, Broken), Report(3), Report(3), Report(3), Report(4, Broken));
        _rig.Model.Reply(Call("c1", "edit")).Reply(Call("c2", "edit")).Reply(Call("c3", "edit"));

        await _rig.RunAsync("go");

        Assert.Contains("Not a number.", ResultOf("c1"), StringComparison.Ordinal);
        Assert.Contains("Not a number.", ResultOf("c3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_user_breaks_much_later_is_not_said_to_come_of_the_edit()
    {
        Reports(Report(1), Report(1), Report(1), Report(1));
        var session = await _rig.NewSessionAsync();
        _rig.Model.Reply(Call("c1", "edit"));
        await AgentRig.RunAsync(session, "go");
        _rig.Time.Advance(DiagnosticsNews.Watched + TimeSpan.FromSeconds(1));
        await AgentRig.RunAsync(session, "on");
        Reports(Report(2, Broken));

        await AgentRig.RunAsync(session, "more");

        Assert.DoesNotContain(_rig.Client.Events, happened => happened is DiagnosticsArrived);
    }

    [Fact]
    public async Task Many_problems_of_a_file_are_counted()
    {
        var many = Enumerable.Range(1, 25).Select(line => Broken with { Line = line }).ToArray();
        Reports(Report(1), Report(2, many));

        var result = await ResultAsync();

        Assert.Contains("a.ts:10 ", result, StringComparison.Ordinal);
        Assert.DoesNotContain("a.ts:11 ", result, StringComparison.Ordinal);
        Assert.EndsWith("[and 15 more: call diagnostics]", result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_in_a_message_are_hidden()
    {
        const string key = "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789";
        Reports(Report(1), Report(2, Broken with { Message = $"Type '{key}' is not a number." }));

        Assert.DoesNotContain(key, await ResultAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_editor_that_fails_costs_nothing()
    {
        _rig.Editor.Failure = new EditorSilentException("gone");

        Assert.Equal("edited", await ResultAsync());
    }

    [Fact]
    public async Task A_stop_while_the_editor_thinks_keeps_what_was_done()
    {
        using var stop = new CancellationTokenSource();
        var asked = 0;
        _rig.Editor.Diagnostics = async (_, token) =>
        {
            if (Interlocked.Increment(ref asked) == 2)
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
            }

            return Report(1);
        };
        _rig.Model.Reply(Call("c1", "edit"));

        var run = await _rig.RunAsync("go", cancellationToken: stop.Token);

        Assert.Equal(TurnOutcome.Interrupted, run.Outcome);
        Assert.Single(_rig.Client.Events.OfType<FileChanged>());
        Assert.Equal(ToolCallStatus.Ok, _rig.Client.Events.OfType<ToolCallEnded>().Single().Status);
    }

    [Fact]
    public async Task Nobody_is_asked_where_there_is_no_editor()
    {
        _rig.Editor.IsThere = false;

        Assert.Equal("edited", await ResultAsync());
        Assert.Empty(_rig.Editor.Asked);
    }

    private static EditorDiagnostic Of(string path, int line, string message) =>
        new(path, line, EditorSeverity.Error, message, "ts", "2322");

    private EditorDiagnostic Broken => Of(_path, 7, "Not a number.");

    private EditorDiagnostic Old(int line) => Of(_path, line, "Old.");

    private static ReadDiagnosticsResult Report(long revision, params EditorDiagnostic[] diagnostics) =>
        FakeEditorKnowledge.Reported(revision, diagnostics);

    private void Reports(params ReadDiagnosticsResult[] reports) => reports.ToList().ForEach(_reports.Enqueue);

    /// <summary>What the one edit of a turn has as its result.</summary>
    private async Task<string> ResultAsync()
    {
        _rig.Model.Reply(Call("c1", "edit"));
        await _rig.RunAsync("go");
        return ResultOf("c1");
    }

    private string ResultOf(string callId) =>
        _rig.Client.Events.OfType<ToolCallEnded>().Single(ended => ended.CallId == callId).Text;

    private static string Words(ChatMessage message) =>
        $"{message.Role}: {string.Join('|', message.Contents.Select(content => content is TextContent text ? text.Text : content.GetType().Name))}";

    private async Task<ToolResult> EditAsync(ToolContext context, CancellationToken cancellationToken)
    {
        await context.BeforeChangeAsync([_path], cancellationToken);
        return ToolResult.Ok("edited") with
        {
            Events = [new FileChanged(context.CallId, "a.ts", FileChangeKind.Modified, [])],
        };
    }
}
