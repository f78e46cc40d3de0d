using System.Collections.Immutable;
using Sage.Agent.ShellLanguage;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Tools.Files;

namespace Sage.Tools.Shell.ReadOnly;

/// <summary>
/// The proof that a command line only reads, and only below given folders, provided that no symbolic link on its
/// <paramref name="Paths"/> leads out of them: that is looked at right before it runs.
/// </summary>
/// <param name="Paths">All that it reads, and the folders that it goes to.</param>
internal sealed record ReadOnlyProof(ImmutableArray<ReadPath> Paths)
{
    /// <summary>What it has to wait for: nothing but writes of what it reads.</summary>
    public ResourceAccess Access { get; } = ResourceAccess.Read([.. Paths.Select(path => path.FullPath).Distinct()]);

    /// <summary>What it names, word for word; what patterns match is only known when it runs.</summary>
    public IEnumerable<string> Named =>
        Paths
            .Where(path =>
                path.Pattern is null && path.FullPath != ResourceAccess.Itself(Path.GetDirectoryName(path.FullPath)!)
            )
            .Select(path => path.FullPath);

    /// <summary>Null when there is no proof; then the command has to be asked for.</summary>
    /// <param name="command">The command line.</param>
    /// <param name="folder">Where it would run; absolute.</param>
    /// <param name="readable">The folders it may read; absolute. The first one is certain to be there.</param>
    public static ReadOnlyProof? TryFind(string command, string folder, params string[] readable) =>
        TryFind(ShellParser.Parse(command), folder, readable);

    /// <inheritdoc cref="TryFind(string, string, string[])"/>
    public static ReadOnlyProof? TryFind(ShellParse command, string folder, params string[] readable)
    {
        // cmd.exe splits and expands by other rules. What runs a line may be any of the user's shells.
        if (
            OperatingSystem.IsWindows()
            || command is not ShellParse.Parsed { Readers: Shells.All, Script: { Items: not [] } list }
            || ReadPath.TryFind(new Argument("."), folder, readable) is not { } start
        )
        {
            return null;
        }

        return new ReadOnlyScript(readable).TryRead(list, start.FullPath) is { } paths
            ? new ReadOnlyProof([.. paths])
            : null;
    }

    /// <summary>Why it must not run after all, now that links can be followed; null when it may.</summary>
    public ToolResult? FindRefusal(WorkspacePaths paths, Workspace workspace) =>
        Paths.Select(path => path.FindRefusal(paths, workspace)).FirstOrDefault(refusal => refusal is not null);
}
