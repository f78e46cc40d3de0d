using MediatR;
using Sage.Agent.CommitMessages;
using Sage.Agent.LanguageModels;
using Sage.Protocol.CommitMessages;
using Sage.Protocol.Turns;
using Sage.Server.Handlers.LanguageModels;

namespace Sage.Server.Handlers.CommitMessages;

/// <summary>Drafts the message of a commit.</summary>
internal sealed class WriteCommitMessageHandler(CommitMessageWriter writer, ConfiguredModels models)
    : IRequestHandler<WriteCommitMessageParams, WriteCommitMessageResult>
{
    public async Task<WriteCommitMessageResult> Handle(
        WriteCommitMessageParams request,
        CancellationToken cancellationToken
    )
    {
        await models.ApplySettingsAsync(cancellationToken);
        try
        {
            return new WriteCommitMessageResult(await writer.WriteAsync(request, cancellationToken));
        }
        catch (ModelException e)
        {
            return new WriteCommitMessageResult("", new TurnError(e.Code, e.Message, e.Retryable));
        }
    }
}
