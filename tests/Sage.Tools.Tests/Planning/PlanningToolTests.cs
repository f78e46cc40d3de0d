using System.Text.Json;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Questions;
using Sage.Tools.Planning;

namespace Sage.Tools.Tests.Planning;

public sealed class PlanningToolTests : IDisposable
{
    private const string Question =
        """{"questions":[{"question":"Tabs or spaces?","options":[{"label":"Tabs","description":"wide"},{"label":"Spaces"}]},{"question":"Which?","options":[],"multiple":true}]}""";

    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_plan_is_emitted_as_an_event()
    {
        var call = _bench.Accept(
            new UpdatePlanTool(),
            """{"items":[{"text":"Look","status":"completed"},{"text":"Act","status":"in_progress"},{"text":"Test","status":"pending"}]}"""
        );
        Assert.Equal("Plan: 1 of 3 completed", call.Title);
        Assert.Equal(ResourceAccess.None, call.Access);
        Assert.Equal(PermissionKind.Read, call.Permission.Kind);
        var result = await call.RunAsync(CancellationToken.None);
        Assert.Equal("Plan updated: 1 of 3 completed.", result.Text);
        var plan = Assert.IsType<PlanUpdated>(Assert.Single(result.Events));
        Assert.Equal(
            [
                new PlanItem("Look", PlanItemStatus.Completed),
                new PlanItem("Act", PlanItemStatus.InProgress),
                new PlanItem("Test", PlanItemStatus.Pending),
            ],
            plan.Items.AsEnumerable()
        );
    }

    [Theory]
    [InlineData(
        """{"items":[{"text":"a","status":"doing"}]}""",
        "`items[0].status` must be one of `pending`, `in_progress`, `completed`"
    )]
    [InlineData("""{"items":[{"text":" ","status":"pending"}]}""", "needs a `text`")]
    [InlineData("""{"items":[{"text":"a"}]}""", "missing parameter `items[0].status`")]
    public void A_plan_with_mistakes_is_rejected(string json, string expected) =>
        Assert.Contains(expected, _bench.Reject(new UpdatePlanTool(), json), StringComparison.Ordinal);

    [Fact]
    public async Task A_status_in_another_spelling_is_understood()
    {
        var result = await _bench.RunAsync(new UpdatePlanTool(), """{"items":[{"text":"a","status":"In Progress"}]}""");
        Assert.Equal(
            new PlanItem("a", PlanItemStatus.InProgress),
            Assert.Single(Assert.IsType<PlanUpdated>(Assert.Single(result.Events)).Items)
        );
    }

    [Fact]
    public async Task Answers_come_back_beside_their_questions()
    {
        _bench.Client.OnQuestion = static (_, _) =>
            Task.FromResult<AskQuestionResult?>(
                new AskQuestionResult([
                    ["Spaces"],
                    ["a", "b"],
                ])
            );
        var result = await _bench.RunAsync(new AskUserTool(), Question);
        Assert.Equal("Tabs or spaces?\n→ Spaces\nWhich?\n→ a, b", result.Text);
        var asked = Assert.Single(_bench.Client.Questions);
        Assert.Equal(("session-1", "call-1"), (asked.SessionId, asked.CallId));
        Assert.Equal(new QuestionOption("Tabs", "wide"), asked.Questions[0].Options[0]);
        Assert.True(asked.Questions[1].Multiple);
    }

    [Fact]
    public async Task Fewer_answers_than_questions_are_no_answer()
    {
        _bench.Client.OnQuestion = static (_, _) =>
            Task.FromResult<AskQuestionResult?>(
                new AskQuestionResult([
                    ["Tabs"],
                ])
            );
        Assert.Equal(
            "Tabs or spaces?\n→ Tabs\nWhich?\n→ (no answer)",
            (await _bench.RunAsync(new AskUserTool(), Question)).Text
        );
    }

    [Fact]
    public async Task Without_a_user_the_model_is_told_to_decide_itself()
    {
        var result = await _bench.RunAsync(new AskUserTool(), Question);
        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains("best judgement", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dismissed_card_is_said_to_be_dismissed()
    {
        _bench.Client.OnQuestion = static (_, _) =>
            Task.FromResult<AskQuestionResult?>(new AskQuestionResult([], Dismissed: true));
        Assert.Contains(
            "closed the questions",
            (await _bench.RunAsync(new AskUserTool(), Question)).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Waiting_for_an_answer_ends_with_the_turn()
    {
        var asked = new TaskCompletionSource();
        _bench.Client.OnQuestion = async (_, token) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        using var turn = new CancellationTokenSource();
        var run = _bench.RunAsync(new AskUserTool(), Question, turn.Token);
        await asked.Task;
        await turn.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public void Too_many_questions_or_none_are_rejected()
    {
        var five = JsonSerializer.Serialize(
            new { questions = Enumerable.Repeat(new { question = "?", options = Array.Empty<object>() }, 5) }
        );
        Assert.Contains("1 to 4", _bench.Reject(new AskUserTool(), five), StringComparison.Ordinal);
        Assert.Contains("1 to 4", _bench.Reject(new AskUserTool(), """{"questions":[]}"""), StringComparison.Ordinal);
    }
}
