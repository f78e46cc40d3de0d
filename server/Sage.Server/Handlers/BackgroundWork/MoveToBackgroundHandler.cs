using MediatR;
using Sage.Protocol;
using Sage.Protocol.BackgroundWork;

namespace Sage.Server.Handlers.BackgroundWork;

/// <summary>Makes the command of a running call a background task.</summary>
internal sealed class MoveToBackgroundHandler(BackgroundLookup lookup)
    : IRequestHandler<MoveToBackgroundParams, MoveToBackgroundResult>
{
    public async Task<MoveToBackgroundResult> Handle(
        MoveToBackgroundParams request,
        CancellationToken cancellationToken
    )
    {
        var tasks = await lookup.TasksOfAsync(request.SessionId, cancellationToken);
        return await tasks.MoveAsync(request.CallId).WaitAsync(cancellationToken) is { } taskId
            ? new MoveToBackgroundResult(taskId)
            : throw new SageException(
                ErrorCodes.InvalidParams,
                $"Parameter 'callId': no command of call {request.CallId} is running."
            );
    }
}
