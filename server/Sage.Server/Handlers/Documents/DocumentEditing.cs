using Microsoft.Extensions.Logging;
using Sage.Protocol;
using Sage.Protocol.InlineEdits;
using Sage.Protocol.LanguageServer;
using Sage.Server.Handlers.Lifecycle;
using Sage.Server.Rpc;
using StreamJsonRpc;

namespace Sage.Server.Handlers.Documents;

/// <summary>Asks the editor to change and to save documents.</summary>
internal sealed class DocumentEditing(
    ClientConnection connection,
    EditorClient client,
    TimeProvider time,
    ILogger<DocumentEditing> log
)
{
    private static readonly TimeSpan ChangeArrives = TimeSpan.FromSeconds(2);

    /// <summary>Makes the document read <paramref name="newText"/>; false when the editor refused.</summary>
    public async Task<bool> ReplaceAsync(OpenDocument document, string newText, CancellationToken cancellationToken)
    {
        if (!client.AppliesEdits)
        {
            return false;
        }

        var edit = new TextDocumentEdit(
            new VersionedTextDocumentIdentifier(document.Uri, document.Version),
            [TextChanges.Smallest(document.Text, newText)]
        );
        try
        {
            var answer = await connection.RequestAsync<ApplyWorkspaceEditResult>(
                LanguageServerMethods.ApplyEdit,
                new ApplyWorkspaceEditParams("Sage", new WorkspaceEdit([edit])),
                cancellationToken
            );
            if (!answer.Applied)
            {
                log.LogInformation("The editor refused an edit: {Reason}", answer.FailureReason ?? "no reason given");
            }

            return answer.Applied;
        }
        catch (RemoteRpcException e)
        {
            log.LogWarning(e, "The editor could not apply an edit");
            return false;
        }
    }

    /// <summary>Waits until the editor has told us of the change, for as long as it reasonably takes.</summary>
    public async Task WaitForAsync(Task change, CancellationToken cancellationToken)
    {
        try
        {
            await change.WaitAsync(ChangeArrives, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            log.LogWarning("The editor applied an edit but did not report the change");
        }
    }

    public async Task SaveAsync(OpenDocument document, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await connection.RequestAsync<SaveDocumentResult>(
                Methods.SaveDocument,
                new SaveDocumentParams(document.EditorPath),
                cancellationToken
            );
            if (!answer.Saved)
            {
                log.LogInformation("The editor did not save an edited document");
            }
        }
        catch (RemoteRpcException e)
        {
            log.LogWarning(e, "The editor could not save a document");
        }
    }
}
