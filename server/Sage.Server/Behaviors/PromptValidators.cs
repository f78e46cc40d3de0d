using System.Collections.Immutable;
using Sage.Protocol.Subagents;
using Sage.Protocol.Turns;

namespace Sage.Server.Behaviors;

/// <summary>A turn needs something to work on.</summary>
internal sealed class RunTurnValidator : IRequestValidator<RunTurnParams>
{
    public string? FindProblem(RunTurnParams request) =>
        request.SessionId.Length == 0 ? "Parameter 'sessionId' is empty."
        : request.QueuedId is null ? PromptInput.FindProblem(request.Input)
        : request.Input.IsDefaultOrEmpty ? null
        : "Parameter 'input' must be empty: 'queuedId' names the words.";
}

/// <summary>A steer needs an id and words.</summary>
internal sealed class SteerTurnValidator : IRequestValidator<SteerTurnParams>
{
    public string? FindProblem(SteerTurnParams request) => PromptInput.FindProblem(request.Id, request.Input);
}

/// <summary>A steer of a sub-agent needs an id and words.</summary>
internal sealed class SteerSubagentValidator : IRequestValidator<SteerSubagentParams>
{
    public string? FindProblem(SteerSubagentParams request) =>
        string.IsNullOrWhiteSpace(request.Id) ? "Parameter 'id' is empty."
        : string.IsNullOrWhiteSpace(request.Text) ? "Parameter 'text' is empty."
        : null;
}

/// <summary>A queued prompt needs an id and words.</summary>
internal sealed class QueuePromptValidator : IRequestValidator<QueuePromptParams>
{
    public string? FindProblem(QueuePromptParams request) => PromptInput.FindProblem(request.Id, request.Input);
}

/// <summary>An edited prompt still needs words.</summary>
internal sealed class EditQueuedValidator : IRequestValidator<EditQueuedParams>
{
    public string? FindProblem(EditQueuedParams request) => PromptInput.FindProblem(request.Id, request.Input);
}

/// <summary>An order names each prompt once.</summary>
internal sealed class ReorderQueuedValidator : IRequestValidator<ReorderQueuedParams>
{
    public string? FindProblem(ReorderQueuedParams request) =>
        request.Ids.IsDefault || request.Ids.Distinct(StringComparer.Ordinal).Count() != request.Ids.Length
            ? "Parameter 'ids' must name each prompt once."
            : null;
}

/// <summary>What every prompt must have.</summary>
internal static class PromptInput
{
    public static string? FindProblem(string id, ImmutableArray<InputPart> input) =>
        string.IsNullOrWhiteSpace(id) ? "Parameter 'id' is empty." : FindProblem(input);

    public static string? FindProblem(ImmutableArray<InputPart> input) =>
        input.IsDefaultOrEmpty ? "Parameter 'input' must have at least one part."
        : input.All(part => part is TextPart { Text: var text } && string.IsNullOrWhiteSpace(text))
            ? "Parameter 'input' has no words and nothing attached."
        : null;
}
