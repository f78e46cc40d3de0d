using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Json;
using Sage.Protocol.Permissions;

namespace Sage.Protocol.Turns;

/// <summary><see cref="Methods.RunTurn"/>: one prompt, worked on until the model is done. Cancel it with <c>$/cancelRequest</c>.</summary>
/// <param name="SessionId">From <see cref="Methods.CreateSession"/> or <see cref="Methods.ListSessions"/>.</param>
/// <param name="Input">At least one part; empty with <paramref name="QueuedId"/>.</param>
/// <param name="Mode">What may run without asking; the session's last mode when absent, <see cref="PermissionMode.Ask"/> at first.</param>
/// <param name="Model">A model id from <see cref="Methods.ListModels"/>; the selected one when absent.</param>
/// <param name="QueuedId">Runs the prompt that waits under this id (<see cref="Methods.QueuePrompt"/>).</param>
public sealed record RunTurnParams(
    string SessionId,
    ImmutableArray<InputPart> Input,
    PermissionMode? Mode = null,
    string? Model = null,
    string? QueuedId = null
) : IRequest<RunTurnResult>;

/// <summary>
/// <see cref="Methods.ResumeTurn"/>: goes on with the turn that asked the user when the server was killed
/// (<see cref="Sessions.OpenSessionResult.Suspended"/>): asks again, then works on. Cancel it with <c>$/cancelRequest</c>. Fails with
/// <see cref="ErrorCodes.NoTurnSuspended"/> when there is none.
/// </summary>
/// <param name="SessionId">The session whose turn it is.</param>
public sealed record ResumeTurnParams(string SessionId) : IRequest<RunTurnResult>;

/// <summary>How a turn ended. A cancelled turn is answered with this too (<see cref="TurnOutcome.Interrupted"/>), not with an error.</summary>
/// <param name="Outcome">Why it ended.</param>
/// <param name="Usage">Tokens of every model request of the turn.</param>
/// <param name="Error">Set when <paramref name="Outcome"/> is <see cref="TurnOutcome.Failed"/>.</param>
/// <param name="Stopped">What was still running when the turn was stopped, and how each ended.</param>
public sealed record RunTurnResult(
    TurnOutcome Outcome,
    TokenUsage Usage,
    TurnError? Error = null,
    ImmutableArray<StoppedWork>? Stopped = null
);

[JsonConverter(typeof(CamelCaseEnumConverter<TurnOutcome>))]
public enum TurnOutcome
{
    Completed,
    Interrupted,
    Failed,
    BudgetExceeded,
    MaxSteps,
}

/// <summary>Why a turn failed.</summary>
/// <param name="Code">One of <see cref="TurnErrorCodes"/>.</param>
/// <param name="Message">Says what happened and what to do.</param>
/// <param name="Retryable">True when sending the same prompt again may work.</param>
public sealed record TurnError(string Code, string Message, bool Retryable);

/// <summary>The values of <see cref="TurnError.Code"/>.</summary>
public static class TurnErrorCodes
{
    public const string NoModel = "noModel";
    public const string Authentication = "authentication";
    public const string ModelNotFound = "modelNotFound";
    public const string BadRequest = "badRequest";
    public const string ContextOverflow = "contextOverflow";
    public const string RateLimited = "rateLimited";
    public const string Overloaded = "overloaded";
    public const string Network = "network";
    public const string Timeout = "timeout";
    public const string InvalidResponse = "invalidResponse";
    public const string MaxTokens = "maxTokens";
    public const string ContentFilter = "contentFilter";
    public const string Refusal = "refusal";
    public const string UnknownStop = "unknownStop";
    public const string LoopDetected = "loopDetected";
    public const string UnknownPrice = "unknownPrice";
    public const string HookDenied = "hookDenied";
    public const string Storage = "storage";
    public const string Internal = "internal";
}

/// <summary>One thing that was running when the turn was stopped.</summary>
/// <param name="What">For example <c>run_command: npm test</c>.</param>
/// <param name="How">For example <c>cancelled</c>, <c>ended by SIGTERM</c>, <c>killed</c>.</param>
/// <param name="Ms">Milliseconds from the stop to its end.</param>
/// <param name="Parts">What had been running as part of it: the processes of a command.</param>
public sealed record StoppedWork(string What, string How, long Ms, ImmutableArray<StoppedWork>? Parts = null);

/// <summary>
/// <see cref="Methods.KillTurn"/>: the second Stop. What was told to end and has not yet is killed at once; a turn that was not
/// stopped before is. Harmless when no turn runs.
/// </summary>
/// <param name="SessionId">The session whose turn it is.</param>
public sealed record KillTurnParams(string SessionId) : IRequest<Done>;

/// <summary>Tokens, as the provider counted them, and what they cost.</summary>
/// <param name="InputTokens">Including cached ones.</param>
/// <param name="OutputTokens">Including reasoning.</param>
/// <param name="CachedInputTokens">The part of the input that was read from the provider's cache.</param>
/// <param name="ReasoningTokens">The part of the output that was reasoning, where the provider tells.</param>
/// <param name="CacheWriteTokens">The part of the input that was written to the provider's cache, where that costs extra.</param>
/// <param name="Cost">US dollars; absent when the price of a part is not known.</param>
/// <param name="Estimated">True when the provider does not count, and some of it is an estimate.</param>
public sealed record TokenUsage(
    long InputTokens,
    long OutputTokens,
    long CachedInputTokens = 0,
    long ReasoningTokens = 0,
    long CacheWriteTokens = 0,
    decimal? Cost = null,
    bool? Estimated = null
)
{
    public static TokenUsage Zero { get; } = new(0, 0);

    public static TokenUsage operator +(TokenUsage left, TokenUsage right) => Add(left, right);

    public static TokenUsage Add(TokenUsage left, TokenUsage right) =>
        new(
            left.InputTokens + right.InputTokens,
            left.OutputTokens + right.OutputTokens,
            left.CachedInputTokens + right.CachedInputTokens,
            left.ReasoningTokens + right.ReasoningTokens,
            left.CacheWriteTokens + right.CacheWriteTokens,
            Together(left, right),
            left.Estimated ?? right.Estimated
        );

    // What used nothing has no price, and takes none from the other.
    private static decimal? Together(TokenUsage left, TokenUsage right) =>
        left.UsedNothing ? right.Cost
        : right.UsedNothing ? left.Cost
        : left.Cost + right.Cost;

    private bool UsedNothing => InputTokens == 0 && OutputTokens == 0 && Cost is null;
}
