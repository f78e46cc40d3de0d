using Sage.Agent.Extensions;
using Sage.Agent.Workspaces;
using Sage.Protocol.Sessions;

namespace Sage.Storage.Journals;

/// <summary>The sessions on disk: <c>sessions/&lt;workspace&gt;/&lt;id&gt;.jsonl</c> below <see cref="SageHome"/>.</summary>
internal sealed class FileJournals(SageHome home) : IJournals
{
    private readonly JournalList _list = new();

    public IJournal Create(Workspace workspace, string sessionId)
    {
        if (!FileNames.IsSafe(sessionId))
        {
            throw new ArgumentException($"'{sessionId}' cannot name a file.", nameof(sessionId));
        }
        var path = PathOf(workspace, sessionId);
        FileStream? sessionLock = null;
        try
        {
            PrivateFiles.CreateFolder(FolderOf(workspace));
            sessionLock = JournalLock.Take(FolderOf(workspace), sessionId);
            var file = PrivateFiles.Open(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
            return new FileJournal(file, length: 0, sessionLock);
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            sessionLock?.Dispose();
            throw StorageFailures.ToClient(exception, path);
        }
    }

    public async Task<OpenedJournal?> OpenAsync(
        Workspace workspace,
        string sessionId,
        CancellationToken cancellationToken
    )
    {
        var path = PathOf(workspace, sessionId);
        if (!FileNames.IsSafe(sessionId) || !File.Exists(path))
        {
            return null;
        }
        FileStream? sessionLock = null;
        FileStream? file = null;
        try
        {
            sessionLock = JournalLock.Take(FolderOf(workspace), sessionId);
            file = PrivateFiles.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            var opened = await OpenAsync(file, sessionLock, cancellationToken);
            (sessionLock, file) = (null, null);
            return opened;
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            throw StorageFailures.ToClient(exception, path);
        }
        finally
        {
            file?.Dispose();
            sessionLock?.Dispose();
        }
    }

    public Task<IReadOnlyList<SessionSummary>> ListAsync(
        Workspace workspace,
        int limit,
        CancellationToken cancellationToken
    ) => Task.Run(() => List(FolderOf(workspace), limit, cancellationToken), cancellationToken);

    private IReadOnlyList<SessionSummary> List(string folder, int limit, CancellationToken cancellationToken)
    {
        try
        {
            return _list.Read(folder, limit, cancellationToken);
        }
        catch (Exception exception) when (StorageFailures.Covers(exception))
        {
            throw StorageFailures.ToClient(exception, folder);
        }
    }

    private static async Task<OpenedJournal> OpenAsync(
        FileStream file,
        FileStream sessionLock,
        CancellationToken cancellationToken
    )
    {
        var contents = await JournalReader.ReadAsync(file.SafeFileHandle, cancellationToken);
        var damage =
            contents.LastLine is LastLine.Damaged
                ? await DamagedTail.CutAsync(file, contents, cancellationToken)
                : null;
        var journal = new FileJournal(file, contents.GoodLength, sessionLock);
        if (contents.LastLine is LastLine.WithoutLineFeed)
        {
            journal.EndLine();
        }
        return new OpenedJournal(journal, contents.Events, damage);
    }

    private string FolderOf(Workspace workspace) => Path.Combine(home.Sessions, FileNames.ForWorkspace(workspace.Root));

    private string PathOf(Workspace workspace, string sessionId) =>
        Path.Combine(FolderOf(workspace), sessionId + JournalList.Extension);
}
