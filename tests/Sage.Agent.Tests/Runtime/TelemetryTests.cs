using System.Diagnostics;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;
using Sage.TestKit;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Runtime;

[Collection(nameof(Alone))]
public sealed class TelemetryTests
{
    private const string Private = "nobody-else-reads-this";
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs/telemetry.md"));

    [Fact]
    public async Task A_turn_is_one_trace_with_a_span_for_each_reply_and_each_call()
    {
        using var witness = new Witness();
        var session = await WorkAsync();

        var turn = witness.Spans.Single(span => span.DisplayName == "invoke_agent sage");
        Assert.Equal(session, turn.GetTagItem("gen_ai.conversation.id"));
        Assert.Equal("completed", turn.GetTagItem("sage.turn.outcome"));
        Assert.Equal(100L, turn.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.All(witness.Spans, span => Assert.Equal(turn.TraceId, span.TraceId));
        Assert.Equal(
            ["chat scripted", "chat scripted", "execute_tool broken", "execute_tool look", "invoke_agent sage"],
            witness.Spans.Select(span => span.DisplayName).Order()
        );
        Assert.All(witness.Spans.Where(span => span != turn), span => Assert.Equal(turn.SpanId, span.ParentSpanId));
        var broken = witness.Spans.Single(span => span.DisplayName == "execute_tool broken");
        Assert.Equal((ActivityStatusCode.Error, "error"), (broken.Status, broken.GetTagItem("error.type")));
    }

    [Fact]
    public async Task Everything_is_measured_once()
    {
        using var witness = new Witness();
        await WorkAsync();

        Assert.Equal(0, witness.Measured.Where(m => m.Name == "sage.work.active").Sum(m => m.Value));
        Assert.Equal(
            ["gen_ai.client.operation.duration", "gen_ai.client.operation.duration"],
            Names("gen_ai.client.operation.duration")
        );
        Assert.Equal(2, Names("sage.tool_call.duration").Count());
        Assert.Equal(2, Names("sage.tool_call.wait").Count());
        Assert.Single(Names("sage.turn.duration"));
        Assert.Single(Names("sage.model_request.retries"));
        Assert.Equal(
            [("input", 100d), ("output", 10d)],
            witness
                .Measured.Where(m => m.Name == "gen_ai.client.token.usage")
                .Select(m => ((string)m.Tags["gen_ai.token.type"]!, m.Value))
        );

        IEnumerable<string> Names(string name) => witness.Measured.Select(m => m.Name).Where(n => n == name);
    }

    [Fact]
    public async Task No_words_of_the_user_of_the_model_or_of_a_tool_are_told()
    {
        using var witness = new Witness();
        await WorkAsync();

        Assert.NotEmpty(witness.Said);
        Assert.DoesNotContain(witness.Said, said => said.Value.Contains(Private, StringComparison.Ordinal));
        Assert.DoesNotContain(witness.Spans, span => span.DisplayName.Contains(Private, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_names_everything_that_is_told()
    {
        using var witness = new Witness();
        await WorkAsync();

        Assert.Equal(7, witness.Instruments.Count);
        Assert.All(witness.Instruments, name => Assert.Contains($"| `{name}` |", Page, StringComparison.Ordinal));
        Assert.All(
            witness.Said.Select(said => said.Name).Distinct(),
            name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal)
        );
        Assert.All(
            witness.Spans.Select(span => span.OperationName).Distinct(),
            name => Assert.Contains($"`{name}", Page, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_request_to_a_model_carries_no_trace()
    {
        using var witness = new Witness();
        await using var rig = new AgentRig();
        Activity? current = null;
        rig.Model.Fallback = _ =>
        {
            current = Activity.Current;
            return [new TextContent("done")];
        };

        await rig.RunAsync("go");

        Assert.NotEmpty(witness.Spans);
        Assert.Null(current);
    }

    private static async Task<string> WorkAsync()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("look", _ => Private));
        rig.Tools.Add(new FunctionTool("broken", (_, _, _) => Task.FromResult(ToolResult.Error(Private))));
        rig.Model.Reply(
            new RetryNotice(1, TimeSpan.Zero, Private),
            new TextContent(Private),
            Call("1", "look", new { path = Private }),
            Call("2", "broken"),
            new UsageContent(new UsageDetails { InputTokenCount = 100, OutputTokenCount = 10 })
        );
        var session = await rig.NewSessionAsync();
        var result = await AgentRig.RunAsync(session, Private);
        Assert.Equal(TurnOutcome.Completed, result.Outcome);
        Assert.Equal(2, rig.Client.Of<ToolCallEnded>().Count());
        return session.Id;
    }
}
