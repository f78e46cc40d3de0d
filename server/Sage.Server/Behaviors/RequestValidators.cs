using Sage.Protocol.InlineEdits;
using Sage.Protocol.LanguageModels;
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

/// <summary>A list of nothing is a mistake.</summary>
internal sealed class ListSessionsValidator : IRequestValidator<ListSessionsParams>
{
    public string? FindProblem(ListSessionsParams request) =>
        request.Limit < 1 ? "Parameter 'limit' must be 1 or more." : null;
}

/// <summary>A key belongs to a provider.</summary>
internal sealed class SetModelKeyValidator : IRequestValidator<SetModelKeyParams>
{
    public string? FindProblem(SetModelKeyParams request) =>
        string.IsNullOrWhiteSpace(request.Provider) ? "Parameter 'provider' is empty." : null;
}

/// <summary>An inline edit needs a place and words.</summary>
internal sealed class RunInlineEditValidator : IRequestValidator<RunInlineEditParams>
{
    public string? FindProblem(RunInlineEditParams request) =>
        !Path.IsPathFullyQualified(request.Path) ? "Parameter 'path' must be an absolute path."
        : request.StartLine < 1 ? "Parameter 'startLine' must be 1 or more."
        : request.EndLine < request.StartLine - 1 ? "Parameter 'endLine' lies before 'startLine'."
        : string.IsNullOrWhiteSpace(request.Instruction) ? "Parameter 'instruction' is empty."
        : null;
}
