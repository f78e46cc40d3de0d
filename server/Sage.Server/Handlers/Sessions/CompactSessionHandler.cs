using MediatR;
using Sage.Protocol.Sessions;
using Sage.Server.Handlers.LanguageModels;
using Sage.Server.Rpc;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Makes a conversation shorter now.</summary>
internal sealed class CompactSessionHandler(SessionLookup sessions, ConfiguredModels models, ClientNotifier notifier)
    : IRequestHandler<CompactSessionParams, CompactSessionResult>
{
    public async Task<CompactSessionResult> Handle(CompactSessionParams request, CancellationToken cancellationToken)
    {
        await models.ApplySettingsAsync(cancellationToken);
        var session = await sessions.FindAsync(request.SessionId, cancellationToken);
        var result = await session.CompactAsync(cancellationToken);
        await notifier.FlushAsync(session.Id, CancellationToken.None);
        return result;
    }
}
