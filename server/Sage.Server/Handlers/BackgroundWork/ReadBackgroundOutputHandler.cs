using MediatR;
using Sage.Protocol.BackgroundWork;

namespace Sage.Server.Handlers.BackgroundWork;

/// <summary>Gives the end of what a background task has said.</summary>
internal sealed class ReadBackgroundOutputHandler(BackgroundLookup lookup)
    : IRequestHandler<ReadBackgroundOutputParams, ReadBackgroundOutputResult>
{
    public async Task<ReadBackgroundOutputResult> Handle(
        ReadBackgroundOutputParams request,
        CancellationToken cancellationToken
    )
    {
        var task = await lookup.TaskAsync(request.SessionId, request.TaskId, cancellationToken);
        var (offset, text) = task.Tail;
        return new ReadBackgroundOutputResult(offset, text);
    }
}
