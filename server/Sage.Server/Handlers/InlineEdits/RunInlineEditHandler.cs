using System.Text;
using MediatR;
using Sage.Agent.Extensions;
using Sage.Agent.InlineEdits;
using Sage.Agent.LanguageModels;
using Sage.Protocol;
using Sage.Protocol.InlineEdits;
using Sage.Protocol.LanguageServer;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.LanguageModels;
using Sage.Server.Rpc;

namespace Sage.Server.Handlers.InlineEdits;

/// <summary>Streams the replacement of a range as <c>$/progress</c>, and answers with all of it.</summary>
internal sealed class RunInlineEditHandler(
    InlineEditor editor,
    IEditorDocuments documents,
    ConfiguredModels models,
    ClientConnection connection
) : IRequestHandler<RunInlineEditParams, RunInlineEditResult>
{
    public async Task<RunInlineEditResult> Handle(RunInlineEditParams request, CancellationToken cancellationToken)
    {
        await models.ApplySettingsAsync(cancellationToken);
        var document = documents.Find(request.Path)?.Text ?? await ReadFileAsync(request.Path, cancellationToken);
        var replacement = new StringBuilder();
        try
        {
            await foreach (var piece in editor.RewriteAsync(request, document, cancellationToken))
            {
                await ReportAsync(request.PartialResultToken, replacement.Length, piece);
                replacement.Append(piece);
            }

            return new RunInlineEditResult(replacement.ToString());
        }
        catch (ModelException e)
        {
            return new RunInlineEditResult(replacement.ToString(), new TurnError(e.Code, e.Message, e.Retryable));
        }
    }

    private async Task ReportAsync(string? token, int offset, string piece)
    {
        if (token is not null)
        {
            await connection.NotifyAsync(
                LanguageServerMethods.Progress,
                new InlineEditProgressParams(token, new InlineEditProgress(offset, piece))
            );
        }
    }

    private static async Task<string> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SageException(
                ErrorCodes.InvalidParams,
                $"Parameter 'path' names a document that is not open and cannot be read: {e.Message}"
            );
        }
    }
}
