using MediatR;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;
using Sage.Server.Hosting;

namespace Sage.Server.Handlers.Lifecycle;

/// <summary>Ends the server.</summary>
internal sealed class ExitHandler(ServerLifecycle lifecycle) : IRequestHandler<ExitParams, Done>
{
    public Task<Done> Handle(ExitParams request, CancellationToken cancellationToken)
    {
        lifecycle.End(EndReason.ExitRequested);
        return Task.FromResult(Done.Value);
    }
}
