using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Tools.Files;

namespace Sage.Server.Handlers.Workspaces;

/// <summary>Turns a folder's path into a workspace: it must exist, and symbolic links are resolved.</summary>
internal static class WorkspaceFolderPath
{
    /// <exception cref="SageException"><see cref="ErrorCodes.NoWorkspace"/></exception>
    public static Workspace Open(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Directory.Exists(full)
            ? new Workspace(RealPath.Resolve(full))
            : throw new SageException(
                ErrorCodes.NoWorkspace,
                File.Exists(full) ? $"{full} is a file, not a folder." : $"The folder {full} does not exist."
            );
    }
}
