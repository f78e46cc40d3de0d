using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sage.Agent.Commands;
using Sage.Agent.Context;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.Extensions;
using Sage.Agent.Extensions.Mcp;
using Sage.Agent.Hooks;
using Sage.Agent.LanguageModels;
using Sage.Agent.Memory;
using Sage.Agent.Runtime;
using Sage.Agent.Secrets;
using Sage.Agent.Sessions.State;
using Sage.Agent.Subagents;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.Sessions;

namespace Sage.Agent.Sessions;

/// <summary>The open sessions of the process.</summary>
public sealed class SessionRegistry(
    ILanguageModels models,
    ToolCatalog tools,
    IToolSource lateTools,
    IEnumerable<IPromptSource> promptSources,
    IClient client,
    IJournals journals,
    IAttachmentReader attachments,
    IResources resources,
    ISpillFiles spill,
    ICommands commands,
    IFolderRules folderRules,
    ISubagentKinds subagentKinds,
    ICheckpointFiles checkpoints,
    IPermissionRules rules,
    IHooks hooks,
    IEditorKnowledge editor,
    SecretRedaction secrets,
    WorkTree work,
    TimeProvider time,
    ILoggerFactory loggers
) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Session> _open = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly SessionParts _parts = new(
        models,
        tools,
        lateTools,
        new WorkspaceLocks(),
        new ContextBuilder(promptSources),
        client,
        attachments,
        resources,
        spill,
        commands,
        folderRules,
        subagentKinds,
        checkpoints,
        rules,
        hooks,
        editor,
        secrets,
        work,
        time,
        loggers
    );

    /// <summary>Starts an empty session.</summary>
    public async Task<Session> CreateAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Version 7 ids sort by time, which keeps a folder of journals in order for people.
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var session = new Session(id, workspace, journals.Create(workspace, id), new SessionState(), _parts);
        await ReadyAsync(session, session.StartAsync());
        _open[id] = session;
        return session;
    }

    /// <summary>The session with this id, read from its journal unless it is open already.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.UnknownSession"/></exception>
    public async Task<Session> OpenAsync(Workspace workspace, string sessionId, CancellationToken cancellationToken)
    {
        if (_open.TryGetValue(sessionId, out var open) && !open.IsReadOnly)
        {
            return open;
        }

        await _opening.WaitAsync(cancellationToken);
        try
        {
            return _open.TryGetValue(sessionId, out open) && !open.IsReadOnly
                ? open
                : await ReadAsync(workspace, sessionId, cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Lets go of a session and keeps it closed while something is done to what is stored of it.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.TurnRunning"/></exception>
    public async Task CloseAsync(string sessionId, Func<Task> whileClosed, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_open.TryGetValue(sessionId, out var open))
            {
                if (open.IsRunning)
                {
                    throw new SageException(
                        ErrorCodes.TurnRunning,
                        "A turn is running in this session. Stop it first."
                    );
                }

                _open.TryRemove(sessionId, out _);
                await open.DisposeAsync();
            }

            await whileClosed();
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>The sessions of a workspace, newest first.</summary>
    public async Task<IReadOnlyList<SessionSummary>> ListAsync(
        Workspace workspace,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var listed = await journals.ListAsync(workspace, limit, cancellationToken);
        return [.. listed.Select(s => s with { Running = _open.TryGetValue(s.SessionId, out var o) && o.IsRunning })];
    }

    /// <summary>The open sessions.</summary>
    public IEnumerable<Session> Open => _open.Values;

    /// <summary>Stops every turn and lets go of every journal.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_open.Values.Select(session => session.DisposeAsync().AsTask()));
        _open.Clear();
        _opening.Dispose();
    }

    private async Task<Session> ReadAsync(Workspace workspace, string sessionId, CancellationToken cancellationToken)
    {
        var state = new SessionState();
        var opened =
            await journals.OpenAsync(workspace, sessionId, state, cancellationToken)
            ?? throw new SageException(
                ErrorCodes.UnknownSession,
                $"There is no session {sessionId} in this workspace."
            );
        var session = new Session(sessionId, workspace, opened.Journal, state, _parts);
        await ReadyAsync(session, session.ReopenAsync(opened.Damage));

        // The other window may have let go of it since: what could only be looked at is read again each time.
        _open.TryGetValue(sessionId, out var before);
        _open[sessionId] = session;
        if (before is not null)
        {
            await before.DisposeAsync();
        }

        return session;
    }

    // A session that cannot be used must let go of its journal, or it would stay locked until the process ends.
    private static async Task ReadyAsync(Session session, Task preparing)
    {
        try
        {
            await preparing;
        }
        catch (IOException error)
        {
            await session.DisposeAsync();
            throw new SageException(ErrorCodes.StorageFailed, error.Message);
        }
    }
}
