using Sage.Agent.Context;
using Sage.Agent.LanguageModels;
using Sage.Agent.Runtime;
using Sage.Agent.Secrets;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Runtime;
using Sage.Protocol.Turns;

namespace Sage.Agent.Turns;

/// <summary>
/// Asks a cheap model what tools want to know, within the budget of the turn. Never fails: who gets no answer is told why, and goes
/// on without.
/// </summary>
internal sealed class SideQuestions(
    ModelChain models,
    SessionRecorder recorder,
    TurnBudget budget,
    SecretRedaction secrets,
    TimeProvider time
)
{
    // Of a window of unknown size, what a small one has; the rest is for the question and the answer.
    private const int SmallWindow = 32_000;
    private const double ShareOfWindow = 0.6;
    private const int MostCharacters = 400_000;
    private const int CharactersPerToken = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <exception cref="OperationCanceledException">The call was stopped.</exception>
    public async Task<SideAnswer> AskAsync(Work call, SideQuestion question, CancellationToken cancellationToken)
    {
        var model = (await models.ForSmallWorkAsync(cancellationToken))[0];
        var material = secrets.Redact(VisibleText.Of(question.Material).Text);
        var shown = Cut(material, model);
        var mark = PromptMessage.MarkAround("material", shown);
        var prompt = $"<{mark}>\n{shown}\n</{mark}>\n\n{secrets.Redact(question.Question)}";
        var input = MessageSize.Tokens(question.Instructions.Length + prompt.Length);
        if (budget.FindBeside(input, model) is { } stop)
        {
            return new SideAnswer.None($"The budget has no room for it: {stop.Reason}");
        }

        using var request = call.Start(WorkKind.ModelRequest, $"answer by {model.Name}");
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            var (text, usage) = await model.AskAsync(question.Instructions, prompt, either.Token);
            await SpendAsync(call, model, usage);
            Telemetry.ReplyEnded(request, model, Reply(usage, failure: null));
            return text.Trim() is { Length: > 0 } answer
                ? new SideAnswer.Given(answer, model.Name, material.Length - shown.Length)
                : new SideAnswer.None($"{model.Name} gave an empty answer.");
        }
        catch (ModelException error)
        {
            Telemetry.ReplyEnded(request, model, Reply(TokenUsage.Zero, error));
            return new SideAnswer.None($"{model.Name} did not answer: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SideAnswer.None($"{model.Name} did not answer within {Patience.TotalSeconds:0} s.");
        }
    }

    private async Task SpendAsync(Work call, LanguageModel model, TokenUsage usage)
    {
        budget.AddBeside(usage);
        await recorder.RecordAsync(new ModelAsked(call.CallId!, model.Id, usage), CancellationToken.None);
    }

    private static string Cut(string material, LanguageModel model)
    {
        var tokens = (model.ContextWindow ?? SmallWindow) * ShareOfWindow;
        var most = (int)Math.Min(MostCharacters, tokens * CharactersPerToken);
        return material.Length <= most ? material
            : char.IsHighSurrogate(material[most - 1]) ? material[..(most - 1)]
            : material[..most];
    }

    private static ReplySummary Reply(TokenUsage usage, ModelException? failure) =>
        new(failure is null ? StopReason.EndTurn : StopReason.Failed, 0, IsEmpty: false, usage, failure);
}
