using System.Collections.Immutable;

namespace Sage.Protocol.Questions;

/// <summary><see cref="Methods.AskQuestion"/>: a card with one or more questions. Cancelled by the server when the turn is stopped.</summary>
/// <param name="From">Who asks, when it is not the model; then the user can also say no.</param>
public sealed record AskQuestionParams(
    string SessionId,
    string CallId,
    ImmutableArray<Question> Questions,
    QuestionSource? From = null
);

/// <summary>An MCP server that asks during a call. All of it is the server's words.</summary>
/// <param name="Server">Its name, as the user has configured it.</param>
/// <param name="Message">Why it asks.</param>
public sealed record QuestionSource(string Server, string Message);

/// <param name="Text">The question.</param>
/// <param name="Options">Suggested answers; the user may always write their own.</param>
/// <param name="Multiple">Whether several options may be chosen.</param>
/// <param name="IsOptional">Whether it may be left without an answer. Null when not.</param>
/// <param name="IsClosed">Whether nothing but the options is an answer. Null when not.</param>
public sealed record Question(
    string Text,
    ImmutableArray<QuestionOption> Options,
    bool Multiple = false,
    bool? IsOptional = null,
    bool? IsClosed = null
);

public sealed record QuestionOption(string Label, string? Description = null);

/// <param name="Answers">One entry a question, in order: the chosen labels, or the user's own words.</param>
/// <param name="Dismissed">True when the user closed the card without answering.</param>
/// <param name="Declined">True when the user said no to who asks. Null when not.</param>
public sealed record AskQuestionResult(
    ImmutableArray<ImmutableArray<string>> Answers,
    bool Dismissed = false,
    bool? Declined = null
);
