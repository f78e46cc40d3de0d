using Sage.Agent.Extensions;
using Sage.Protocol.Questions;

namespace Sage.Agent.Turns;

/// <summary>What a turn asks the user about itself. Without a user, the answer is no.</summary>
internal sealed class TurnQuestions(IClient client, string sessionId, string turnId)
{
    private const string GoOn = "Go on";

    /// <param name="step">Where the turn is: the number of the model request.</param>
    /// <param name="cancellationToken">Stops the turn.</param>
    public Task<bool> AskToContinueLoopAsync(int step, CancellationToken cancellationToken) =>
        AskAsync(
            $"loop-{turnId}-{step}",
            $"The model made the same calls with the same results {LoopGuard.Limit} times in a row. Go on?",
            GoOn,
            cancellationToken
        );

    /// <summary>Offers to raise a limit.</summary>
    public Task<bool> AskToRaiseAsync(BudgetStop stop, int step, CancellationToken cancellationToken) =>
        AskAsync($"budget-{turnId}-{step}", stop.Reason, stop.Offer, cancellationToken);

    private async Task<bool> AskAsync(string id, string text, string yes, CancellationToken cancellationToken)
    {
        var question = new Question(text, [new QuestionOption(yes), new QuestionOption("Stop")]);
        var asked = new AskQuestionParams(sessionId, id, [question]);
        var answer = await client.AskQuestionAsync(asked, cancellationToken);
        return answer is { Dismissed: false } && answer.Answers.Any(chosen => chosen.Contains(yes));
    }
}
