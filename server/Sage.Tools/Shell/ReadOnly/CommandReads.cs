using System.Collections.Immutable;

namespace Sage.Tools.Shell.ReadOnly;

/// <summary>What one command reads.</summary>
/// <param name="Paths">Files and folders, as they stand in the command.</param>
/// <param name="Doubtful">Other words that have to lead nowhere else if they were paths: nothing depends on which is which.</param>
internal sealed record CommandReads(ImmutableArray<Argument> Paths, ImmutableArray<string> Doubtful)
{
    public static CommandReads Nothing { get; } = new([], []);

    /// <summary>The folder that it runs in, with everything below.</summary>
    public static CommandReads Folder { get; } = new([new Argument(".")], []);

    /// <summary>It shows the content of what lies below a folder, not only names.</summary>
    public bool ReadsBelow { get; init; }

    /// <summary>What it reads must be files: in a folder it would follow links.</summary>
    public bool FilesOnly { get; init; }
}
