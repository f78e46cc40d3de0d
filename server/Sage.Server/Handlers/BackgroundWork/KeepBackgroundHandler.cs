using MediatR;
using Sage.Agent.BackgroundWork;
using Sage.Protocol;
using Sage.Protocol.BackgroundWork;

namespace Sage.Server.Handlers.BackgroundWork;

/// <summary>Hands a background command over to the user.</summary>
internal sealed class KeepBackgroundHandler(BackgroundLookup lookup)
    : IRequestHandler<KeepBackgroundParams, KeepBackgroundResult>
{
    public async Task<KeepBackgroundResult> Handle(KeepBackgroundParams request, CancellationToken cancellationToken)
    {
        var task = await lookup.TaskAsync(request.SessionId, request.TaskId, cancellationToken);
        if (task.End is not null || task.Work.Command is not { } command)
        {
            throw new SageException(
                ErrorCodes.InvalidParams,
                $"Parameter 'taskId': background task {request.TaskId} has ended, or is no command."
            );
        }

        await BackgroundTasks.KeepAsync(task).WaitAsync(cancellationToken);
        return new KeepBackgroundResult(command.Shell, command.Line, command.Folder);
    }
}
