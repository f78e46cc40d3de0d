namespace Sage.Agent.Workspaces;

/// <summary>Where the user keeps what holds in every workspace.</summary>
/// <param name="Sage">Sage's own: <c>$SAGE_HOME</c>, else <c>~/.sage</c>.</param>
/// <param name="Home">The user's folder; empty when there is none.</param>
public sealed record UserFolders(string Sage, string Home)
{
    /// <summary>As people write it: <c>~/.sage/skills</c>.</summary>
    public string Display(string fullPath) =>
        Home.Length > 0 && fullPath.StartsWith(Home + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? "~" + fullPath[Home.Length..].Replace(Path.DirectorySeparatorChar, '/')
            : fullPath;
}
