using System.Collections.Immutable;

namespace Sage.Protocol.Questions;

/// <summary><see cref="Methods.AskQuestion"/>: a card with one or more questions. Cancelled by the server when the turn is stopped.</summary>
public sealed record AskQuestionParams(string SessionId, string CallId, ImmutableArray<Question> Questions);

/// <param name="Text">The question.</param>
/// <param name="Options">Suggested answers; the user may always write their own.</param>
/// <param name="Multiple">Whether several options may be chosen.</param>
public sealed record Question(string Text, ImmutableArray<QuestionOption> Options, bool Multiple = false);

public sealed record QuestionOption(string Label, string? Description = null);

/// <param name="Answers">One entry a question, in order: the chosen labels, or the user's own words.</param>
/// <param name="Dismissed">True when the user closed the card without answering.</param>
public sealed record AskQuestionResult(ImmutableArray<ImmutableArray<string>> Answers, bool Dismissed = false);
