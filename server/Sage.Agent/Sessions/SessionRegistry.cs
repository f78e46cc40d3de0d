using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sage.Agent.Context;
using Sage.Agent.Extensions;
using Sage.Agent.LanguageModels;
using Sage.Agent.Runtime;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.Sessions;

namespace Sage.Agent.Sessions;

/// <summary>The open sessions of the process.</summary>
public sealed class SessionRegistry(
    ILanguageModels models,
    ToolCatalog tools,
    IEnumerable<IPromptSource> promptSources,
    IClient client,
    IJournals journals,
    IAttachmentReader attachments,
    ISpillFiles spill,
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
        new WorkspaceLocks(),
        new ContextBuilder(promptSources),
        client,
        attachments,
        spill,
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
        var session = new Session(id, workspace, journals.Create(workspace, id), _parts);
        await ReadyAsync(session, session.StartAsync());
        _open[id] = session;
        return session;
    }

    /// <summary>The session with this id, read from its journal unless it is open already.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.UnknownSession"/></exception>
    public async Task<Session> OpenAsync(Workspace workspace, string sessionId, CancellationToken cancellationToken)
    {
        if (_open.TryGetValue(sessionId, out var open))
        {
            return open;
        }

        await _opening.WaitAsync(cancellationToken);
        try
        {
            return _open.TryGetValue(sessionId, out open)
                ? open
                : _open[sessionId] = await ReadAsync(workspace, sessionId, cancellationToken);
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
        var opened =
            await journals.OpenAsync(workspace, sessionId, cancellationToken)
            ?? throw new SageException(
                ErrorCodes.UnknownSession,
                $"There is no session {sessionId} in this workspace."
            );
        var session = new Session(sessionId, workspace, opened.Journal, _parts);
        await ReadyAsync(session, session.ReopenAsync(opened));
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
