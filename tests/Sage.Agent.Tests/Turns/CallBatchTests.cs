using System.Text.Json;
using Sage.Agent.Runtime;
using Sage.Agent.Secrets;
using Sage.Agent.Sessions;
using Sage.Agent.Sessions.State;
using Sage.Agent.Subagents;
using Sage.Agent.ToolCalls;
using Sage.Agent.Turns;
using Sage.Protocol.Events;
using Sage.Protocol.Runtime;
using Sage.TestKit.Agents;

namespace Sage.Agent.Tests.Turns;

/// <summary>The calls of one reply whose turn failed.</summary>
public sealed class CallBatchTests
{
    [Fact]
    public async Task It_is_over_only_when_no_result_is_recorded_any_more()
    {
        using var goOn = new ManualResetEventSlim();
        var client = new RecordingClient();
        var recording = client.NextAsync<Notice>();
        client.OnEvent += envelope =>
        {
            if (envelope.Event is Notice)
            {
                goOn.Wait();
            }
        };
        using var recorder = new SessionRecorder(
            "s",
            new SubagentJournal(),
            client,
            new SecretRedaction(),
            TimeProvider.System,
            new SessionState()
        );
        var done = ToolResult.Ok("done") with { Events = [new Notice("something happened")] };
        var batch = new CallBatch(
            recorder,
            new ToolScheduler(),
            (_, _, _) => Task.FromResult(done),
            TimeProvider.System,
            CancellationToken.None
        );
        await batch.StartAsync(NewCall());
        await recording;

        var over = batch.DisposeAsync().AsTask();

        await Assert.ThrowsAsync<TimeoutException>(() => over.WaitAsync(TimeSpan.FromMilliseconds(50)));
        goOn.Set();
        await over.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Single(client.Of<ToolCallEnded>());
    }

    private static ToolCall NewCall()
    {
        var work = new WorkTree(TimeProvider.System).Start(WorkKind.ToolCall, "look", "s");
        work.CallId = "1";
        return new ToolCall(work, "r1", "look", JsonElement.Parse("{}"), null, new Preparation.Rejected(""), null);
    }
}
