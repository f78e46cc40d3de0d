using Sage.Agent.Extensions;
using Sage.Agent.Secrets;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.Sessions;

namespace Sage.Agent.Sessions.Library;

/// <summary>All sessions of a workspace, open or not: finds, renames, deletes, forks, exports and imports them.</summary>
public sealed class SessionLibrary(
    SessionRegistry sessions,
    IJournals journals,
    IStoredSessions stored,
    SecretRedaction secrets,
    TimeProvider time
)
{
    private readonly SessionWriter _writer = new(journals, stored, time);

    /// <summary>The sessions of a workspace, newest first.</summary>
    public async Task<IReadOnlyList<SessionSummary>> ListAsync(
        Workspace workspace,
        ListSessionsParams request,
        CancellationToken cancellationToken
    )
    {
        var words = Words(request.Query);
        // Which of them have the words is known when all are.
        var limit = words.Length == 0 ? request.Limit : int.MaxValue;
        var found = request.Deleted
            ? await stored.ListDeletedAsync(workspace, limit, cancellationToken)
            : await sessions.ListAsync(workspace, limit, cancellationToken);
        var elsewhere = request is { Everywhere: true, Deleted: false }
            ? await stored.ListOrphansAsync(limit, cancellationToken)
            : [];
        return
        [
            .. found
                .Concat(elsewhere)
                .Where(s => words.All(word => s.Title.Contains(word, StringComparison.OrdinalIgnoreCase)))
                .OrderByDescending(summary => summary.UpdatedAt)
                .Take(request.Limit),
        ];
    }

    /// <summary>Opens a session. One of a folder that is gone is brought here first.</summary>
    public async Task<Session> OpenAsync(Workspace workspace, string sessionId, CancellationToken cancellationToken)
    {
        try
        {
            return await sessions.OpenAsync(workspace, sessionId, cancellationToken);
        }
        catch (SageException error) when (error.Code == ErrorCodes.UnknownSession)
        {
            if (!await Task.Run(() => stored.Adopt(workspace, sessionId), cancellationToken))
            {
                throw;
            }

            return await sessions.OpenAsync(workspace, sessionId, cancellationToken);
        }
    }

    /// <summary>Gives a session a name, which no model changes any more.</summary>
    public async Task RenameAsync(
        Workspace workspace,
        string sessionId,
        string title,
        CancellationToken cancellationToken
    )
    {
        var session = await sessions.OpenAsync(workspace, sessionId, cancellationToken);
        await session.RenameAsync(SessionTitle.OfPrompt(title), cancellationToken);
    }

    /// <summary>Puts a session into the trash. What it has in the background is ended.</summary>
    public Task DeleteAsync(Workspace workspace, string sessionId, CancellationToken cancellationToken) =>
        sessions.CloseAsync(
            sessionId,
            () => DoneAsync(() => stored.Delete(workspace, sessionId), () => Unknown(sessionId, "workspace")),
            cancellationToken
        );

    /// <summary>Takes a session out of the trash.</summary>
    public Task RestoreAsync(Workspace workspace, string sessionId, CancellationToken cancellationToken) =>
        sessions.CloseAsync(
            sessionId,
            () => DoneAsync(() => stored.Restore(workspace, sessionId), () => Unknown(sessionId, "trash")),
            cancellationToken
        );

    /// <summary>Makes a new session that begins like another.</summary>
    public async Task<ForkSessionResult> ForkAsync(
        Workspace workspace,
        string sessionId,
        long? atSeq,
        CancellationToken cancellationToken
    )
    {
        var events = stored.ReadAsync(workspace, sessionId, cancellationToken);
        var point =
            await ForkPoint.FindAsync(events, atSeq, cancellationToken) ?? throw Unknown(sessionId, "workspace");
        return await _writer.ForkAsync(workspace, sessionId, point, cancellationToken);
    }

    /// <summary>A session as text.</summary>
    public async Task<ExportSessionResult> ExportAsync(
        Workspace workspace,
        string sessionId,
        ExportFormat format,
        CancellationToken cancellationToken
    )
    {
        var events = stored.ReadAsync(workspace, sessionId, cancellationToken);
        return await SessionExport.WriteAsync(events, format, cancellationToken)
            ?? throw Unknown(sessionId, "workspace");
    }

    /// <summary>Makes a new session of an exported one.</summary>
    public Task<ImportSessionResult> ImportAsync(
        Workspace workspace,
        string text,
        CancellationToken cancellationToken
    ) => _writer.ImportAsync(workspace, SessionImport.Read(text, secrets), cancellationToken);

    /// <summary>Finds sessions by what was said in them.</summary>
    public Task<IReadOnlyList<SessionMatch>> SearchAsync(
        Workspace workspace,
        SearchSessionsParams request,
        CancellationToken cancellationToken
    ) => stored.SearchAsync(workspace, Words(request.Query), request.Limit, cancellationToken);

    // Moving folders may take a while, and is not cut off on the way.
    private static async Task DoneAsync(Func<bool> work, Func<SageException> otherwise)
    {
        if (!await Task.Run(work, CancellationToken.None))
        {
            throw otherwise();
        }
    }

    private static string[] Words(string? query) =>
        (query ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static SageException Unknown(string sessionId, string place) =>
        new(ErrorCodes.UnknownSession, $"There is no session {sessionId} in this {place}.");
}
