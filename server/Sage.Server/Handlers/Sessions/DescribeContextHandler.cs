using MediatR;
using Sage.Protocol.Sessions;
using Sage.Server.Handlers.LanguageModels;

namespace Sage.Server.Handlers.Sessions;

/// <summary>Says what fills the context of the model.</summary>
internal sealed class DescribeContextHandler(SessionLookup sessions, ConfiguredModels models)
    : IRequestHandler<DescribeContextParams, DescribeContextResult>
{
    public async Task<DescribeContextResult> Handle(DescribeContextParams request, CancellationToken cancellationToken)
    {
        await models.ApplySettingsAsync(cancellationToken);
        var session = await sessions.FindAsync(request.SessionId, cancellationToken);
        return await session.Use.DescribeContextAsync(cancellationToken);
    }
}
