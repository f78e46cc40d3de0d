using MediatR;
using Sage.Agent.BackgroundWork;
using Sage.Protocol;
using Sage.Protocol.BackgroundWork;

namespace Sage.Server.Handlers.BackgroundWork;

/// <summary>Ends one background task.</summary>
internal sealed class StopBackgroundHandler(BackgroundLookup lookup) : IRequestHandler<StopBackgroundParams, Done>
{
    public async Task<Done> Handle(StopBackgroundParams request, CancellationToken cancellationToken)
    {
        var task = await lookup.TaskAsync(request.SessionId, request.TaskId, cancellationToken);
        await BackgroundTasks.StopAsync(task).WaitAsync(cancellationToken);
        return Done.Value;
    }
}
