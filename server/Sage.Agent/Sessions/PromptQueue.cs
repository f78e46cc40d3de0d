using System.Collections.Immutable;
using Sage.Agent.Commands;
using Sage.Agent.Context;
using Sage.Agent.Extensions;
using Sage.Agent.Extensions.Mcp;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Agent.Sessions;

/// <summary>
/// What the user says while a turn runs, on its way to the model. Every change is recorded before it counts, and each prompt is
/// delivered at most once, whatever the user does at that moment.
/// </summary>
internal sealed class PromptQueue(
    SessionRecorder recorder,
    IAttachmentReader attachments,
    IResources resources,
    Workspace workspace,
    PromptCommands commands
) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private bool _turnTakesSteers;

    /// <summary>Records words; a prompt that waits already gets this kind and these words.</summary>
    /// <exception cref="SageException">No turn can take a steer, the id was used before, or the words are a command that cannot be sent.</exception>
    public Task AcceptAsync(
        string id,
        SteerKind kind,
        ImmutableArray<InputPart> input,
        CancellationToken cancellationToken
    ) =>
        ExclusivelyAsync(
            async () =>
            {
                if (kind == SteerKind.Steer && !_turnTakesSteers)
                {
                    throw new SageException(ErrorCodes.NoTurnRunning, "No turn is running that could take this.");
                }

                if (Waiting.Known.Contains(id))
                {
                    _ = Require(id);
                }

                commands.Check(kind, input);

                await RecordAsync(new Steer(id, SteerState.Accepted, kind, input));
            },
            cancellationToken
        );

    /// <exception cref="SageException"><see cref="ErrorCodes.NotWaiting"/></exception>
    public Task EditAsync(string id, ImmutableArray<InputPart> input, CancellationToken cancellationToken) =>
        ExclusivelyAsync(
            () =>
            {
                var waiting = Require(id);
                commands.Check(waiting.Kind, input);
                return RecordAsync(new Steer(id, SteerState.Accepted, waiting.Kind, input));
            },
            cancellationToken
        );

    /// <exception cref="SageException"><see cref="ErrorCodes.NotWaiting"/></exception>
    public Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        ExclusivelyAsync(() => RecordAsync(new Steer(id, SteerState.Dropped, Require(id).Kind)), cancellationToken);

    public Task ReorderAsync(ImmutableArray<string> ids, CancellationToken cancellationToken) =>
        ExclusivelyAsync(() => RecordAsync(new QueueReordered(ids)), cancellationToken);

    /// <summary>What a queued prompt says; null when there is none of this id.</summary>
    public ImmutableArray<InputPart>? Find(string? id) => id is null ? null : Waiting.Find(id)?.Input;

    /// <summary>From now on the turn takes steers. A queued prompt that it starts with is recorded as delivered.</summary>
    /// <param name="queuedId">The prompt that starts the turn, when it waited here.</param>
    /// <param name="start">Records the start of the turn; gets the words of the queued prompt, or null.</param>
    /// <exception cref="SageException"><see cref="ErrorCodes.NotWaiting"/></exception>
    public Task OpenAsync(string? queuedId, Func<ImmutableArray<InputPart>?, Task> start) =>
        ExclusivelyAsync(
            async () =>
            {
                var queued = queuedId is null ? null : Require(queuedId);
                await start(queued?.Input);
                _turnTakesSteers = true;
                if (queued is not null)
                {
                    await RecordAsync(new Steer(queued.Id, SteerState.Delivered, SteerKind.Queue));
                }
            },
            CancellationToken.None
        );

    /// <summary>Puts every steer into the conversation, behind what is there.</summary>
    /// <param name="isLetThrough">Says no to words that no model is to read: they are dropped. Takes its time, so nothing waits for it.</param>
    /// <param name="cancellationToken">Stops the turn.</param>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeliverAsync(
        Func<WaitingPrompt, Task<bool>> isLetThrough,
        CancellationToken cancellationToken
    )
    {
        var delivered = false;
        while (Waiting.Steers is [var steer, ..])
        {
            var goes = await isLetThrough(steer);
            await ExclusivelyAsync(
                async () =>
                {
                    // Edited or taken back meanwhile: what was looked at is not what waits.
                    if (Waiting.Find(steer.Id) != steer)
                    {
                        return;
                    }

                    await RecordAsync(
                        goes
                            ? new Steer(
                                steer.Id,
                                SteerState.Delivered,
                                SteerKind.Steer,
                                await ReadAsync(steer.Input, cancellationToken)
                            )
                            : new Steer(steer.Id, SteerState.Dropped, SteerKind.Steer)
                    );
                    delivered |= goes;
                },
                cancellationToken
            );
        }

        return delivered;
    }

    /// <summary>The model is done. Refuses steers from now on, unless one came meanwhile: then the turn has to go on.</summary>
    /// <returns>Whether the turn may end.</returns>
    public async Task<bool> TryCloseAsync(CancellationToken cancellationToken)
    {
        await ExclusivelyAsync(
            () =>
            {
                _turnTakesSteers = !Waiting.Steers.IsEmpty;
                return Task.CompletedTask;
            },
            cancellationToken
        );
        return !_turnTakesSteers;
    }

    /// <summary>The turn ends, whatever waits; <paramref name="end"/> records it.</summary>
    public Task CloseAsync(Func<Task> end) =>
        ExclusivelyAsync(
            () =>
            {
                _turnTakesSteers = false;
                return end();
            },
            CancellationToken.None
        );

    /// <summary>Reads the files and the resources of servers that the user points at, as they are now.</summary>
    public async Task<ImmutableArray<InputPart>> ReadAsync(
        ImmutableArray<InputPart> input,
        CancellationToken cancellationToken
    )
    {
        var read = ImmutableArray.CreateBuilder<InputPart>(input.Length);
        // What a server said earlier, of a prompt that is sent again, is read anew.
        foreach (var part in input.Where(static part => part is not ResourcePart))
        {
            read.Add(
                part switch
                {
                    FilePart file => await attachments.ReadAsync(file, workspace, cancellationToken),
                    ExcerptPart excerpt => Excerpts.Bounded(excerpt),
                    _ => part,
                }
            );
        }

        read.AddRange(await resources.ReadAsync(PromptMessage.WordsOf(input), workspace, cancellationToken));
        return read.ToImmutable();
    }

    public void Dispose() => _oneAtATime.Dispose();

    private WaitingPrompts Waiting => recorder.Conversation.Waiting;

    private WaitingPrompt Require(string id) =>
        Waiting.Find(id)
        ?? throw new SageException(
            ErrorCodes.NotWaiting,
            "This prompt does not wait any more: it was delivered or taken back."
        );

    private Task RecordAsync(DurableEvent happened) => recorder.RecordAsync(happened, CancellationToken.None).AsTask();

    private async Task ExclusivelyAsync(Func<Task> change, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            await change();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }
}
