using Sage.Agent.Sessions;
using Sage.Protocol.Sessions;

namespace Sage.Server.Behaviors;

/// <summary>Sequence numbers start at 1.</summary>
internal sealed class OpenSessionValidator : IRequestValidator<OpenSessionParams>
{
    public string? FindProblem(OpenSessionParams request) =>
        request.SessionId.Length == 0 ? "Parameter 'sessionId' is empty."
        : request.FromSeq < 1 ? "Parameter 'fromSeq' must be 1 or more."
        : null;
}

/// <summary>A page lies before some event and has some room.</summary>
internal sealed class PageSessionValidator : IRequestValidator<PageSessionParams>
{
    private const int Largest = 10_000;

    public string? FindProblem(PageSessionParams request) =>
        request.SessionId.Length == 0 ? "Parameter 'sessionId' is empty."
        : request.BeforeSeq < 1 ? "Parameter 'beforeSeq' must be 1 or more."
        : request.Limit is < 1 or > Largest ? $"Parameter 'limit' must be 1 to {Largest}."
        : null;
}

/// <summary>A list of nothing is a mistake.</summary>
internal sealed class ListSessionsValidator : IRequestValidator<ListSessionsParams>
{
    public string? FindProblem(ListSessionsParams request) =>
        request.Limit < 1 ? "Parameter 'limit' must be 1 or more." : null;
}

/// <summary>A name is one line that says something.</summary>
internal sealed class RenameSessionValidator : IRequestValidator<RenameSessionParams>
{
    public string? FindProblem(RenameSessionParams request) =>
        request.SessionId.Length == 0 ? "Parameter 'sessionId' is empty."
        : string.IsNullOrWhiteSpace(request.Title) ? "Parameter 'title' is empty."
        : request.Title.Trim().AsSpan().ContainsAny('\r', '\n') ? "Parameter 'title' must be one line."
        : request.Title.Trim().Length > SessionTitle.Longest
            ? $"Parameter 'title' must have at most {SessionTitle.Longest} characters."
        : null;
}

/// <summary>Sequence numbers start at 1.</summary>
internal sealed class ForkSessionValidator : IRequestValidator<ForkSessionParams>
{
    public string? FindProblem(ForkSessionParams request) =>
        request.SessionId.Length == 0 ? "Parameter 'sessionId' is empty."
        : request.AtSeq < 1 ? "Parameter 'atSeq' must be 1 or more."
        : null;
}

/// <summary>Nothing cannot be imported.</summary>
internal sealed class ImportSessionValidator : IRequestValidator<ImportSessionParams>
{
    public string? FindProblem(ImportSessionParams request) =>
        string.IsNullOrWhiteSpace(request.Text) ? "Parameter 'text' is empty." : null;
}

/// <summary>A search needs a word.</summary>
internal sealed class SearchSessionsValidator : IRequestValidator<SearchSessionsParams>
{
    public string? FindProblem(SearchSessionsParams request) =>
        string.IsNullOrWhiteSpace(request.Query) ? "Parameter 'query' is empty."
        : request.Limit < 1 ? "Parameter 'limit' must be 1 or more."
        : null;
}
