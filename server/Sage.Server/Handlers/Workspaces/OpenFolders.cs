using System.Collections.Immutable;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;

namespace Sage.Server.Handlers.Workspaces;

/// <summary>The folders open in the editor. The first one is where sessions work.</summary>
internal sealed class OpenFolders
{
    private ImmutableArray<string> _paths = [];

    public void Set(ImmutableArray<WorkspaceFolder>? folders, string? rootUri) =>
        ImmutableInterlocked.InterlockedExchange(
            ref _paths,
            folders is { IsEmpty: false } given ? [.. given.Select(PathOf).OfType<string>()]
                : rootUri is not null && FileUri.ToPath(rootUri) is { } root ? [root]
                : []
        );

    public void Change(WorkspaceFoldersChange change)
    {
        var removed = change.Removed.Select(PathOf).ToHashSet(FileUri.PathComparer);
        var added = change.Added.Select(PathOf).OfType<string>();
        ImmutableInterlocked.Update(
            ref _paths,
            paths => [.. paths.Where(path => !removed.Contains(path)).Concat(added).Distinct(FileUri.PathComparer)]
        );
    }

    /// <summary>The first folder as the editor names it; null when none is open.</summary>
    public string? First => _paths.FirstOrDefault();

    /// <summary>Where sessions work.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.NoWorkspace"/></exception>
    public Workspace Workspace =>
        _paths.IsEmpty
            ? throw new SageException(ErrorCodes.NoWorkspace, "No folder is open. Open a folder; Sage works inside it.")
            : WorkspaceFolderPath.Open(_paths[0]);

    private static string? PathOf(WorkspaceFolder folder) => FileUri.ToPath(folder.Uri);
}
