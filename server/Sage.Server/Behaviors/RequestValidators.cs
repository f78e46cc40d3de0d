using Sage.Protocol.Checkpoints;
using Sage.Protocol.CommitMessages;
using Sage.Protocol.InlineEdits;
using Sage.Protocol.LanguageModels;

namespace Sage.Server.Behaviors;

/// <summary>A hunk lies in a file.</summary>
internal sealed class KeepHunksValidator : IRequestValidator<KeepHunksParams>
{
    public string? FindProblem(KeepHunksParams request) => Problem(request.HunkId, request.Path);

    public static string? Problem(string? hunkId, string? path) =>
        hunkId is not null && string.IsNullOrEmpty(path) ? "Parameter 'hunkId' needs its 'path'." : null;
}

/// <summary>A hunk lies in a file.</summary>
internal sealed class UndoHunksValidator : IRequestValidator<UndoHunksParams>
{
    public string? FindProblem(UndoHunksParams request) => KeepHunksValidator.Problem(request.HunkId, request.Path);
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

/// <summary>A commit has changes.</summary>
internal sealed class WriteCommitMessageValidator : IRequestValidator<WriteCommitMessageParams>
{
    public string? FindProblem(WriteCommitMessageParams request) =>
        string.IsNullOrWhiteSpace(request.Changes) ? "Parameter 'changes' is empty: there is nothing to commit." : null;
}
