using MediatR;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;
using Sage.Server.Hosting;

namespace Sage.Server.Handlers.Lifecycle;

/// <summary>Stops taking requests. The turns are stopped by the end of the process, which follows at once.</summary>
internal sealed class ShutdownHandler(ServerLifecycle lifecycle) : IRequestHandler<ShutdownParams, Done>
{
    public Task<Done> Handle(ShutdownParams request, CancellationToken cancellationToken)
    {
        lifecycle.BeginShutdown();
        return Task.FromResult(Done.Value);
    }
}
