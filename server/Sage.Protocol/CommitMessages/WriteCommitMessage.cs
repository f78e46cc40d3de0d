using System.Collections.Immutable;
using MediatR;
using Sage.Protocol.Turns;

namespace Sage.Protocol.CommitMessages;

/// <summary><see cref="Methods.WriteCommitMessage"/>: what a commit of these changes could say. Nothing is committed.</summary>
/// <param name="Changes">What would be committed, as <c>git diff</c> prints it; new files may stand there by name alone.</param>
/// <param name="Recent">The messages of the latest commits, whose style is followed; the newest first.</param>
/// <param name="Start">What the user has written already; the message begins with it.</param>
public sealed record WriteCommitMessageParams(
    string Changes,
    ImmutableArray<string>? Recent = null,
    string? Start = null
) : IRequest<WriteCommitMessageResult>;

/// <param name="Text">The message: a subject, and where it is needed a blank line and a body. Empty with an error.</param>
/// <param name="Error">Set when no model could write it.</param>
public sealed record WriteCommitMessageResult(string Text, TurnError? Error = null);
