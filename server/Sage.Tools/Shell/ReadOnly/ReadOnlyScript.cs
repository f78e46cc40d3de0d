using System.Collections.Immutable;
using Sage.Agent.ShellLanguage.Syntax;
using Sage.Agent.ToolCalls;
using Sage.Tools.Files;
using Sage.Tools.Shell.ReadOnly.Commands;

namespace Sage.Tools.Shell.ReadOnly;

/// <summary>
/// Goes through the commands of a line in the order of the shell, keeps track of the folder, and collects what is read.
/// Each step gives null as soon as anything is not certain to only read.
/// </summary>
/// <param name="readable">The folders that may be read; absolute.</param>
internal sealed class ReadOnlyScript(string[] readable)
{
    // A `cd` may fail: then the next command runs where it was. After a few of them it could be anywhere.
    private const int MostFolders = 4;

    private readonly HashSet<ReadPath> _paths = [];
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);

    /// <summary>What the whole list reads when it starts in this folder, and the folders that it goes to; null when it may do more.</summary>
    public IReadOnlyCollection<ReadPath>? TryRead(CommandList list, string folder)
    {
        Visit(folder);
        if (Read(list, [folder]) is null)
        {
            return null;
        }

        // That the folder is there is all that commands without paths depend on: an earlier call may be about to make it.
        foreach (
            var visited in _visited.Where(visited => visited != readable[0] && !_paths.Any(IsIn(visited))).ToList()
        )
        {
            _paths.Add(new ReadPath(visited));
        }

        return _paths;
    }

    private static Func<ReadPath, bool> IsIn(string folder) =>
        path => path.FullPath != ResourceAccess.Itself(folder) && WorkspacePaths.IsWithin(folder, path.FullPath);

    private void Visit(string folder)
    {
        _visited.Add(folder);
        _paths.Add(new ReadPath(ResourceAccess.Itself(folder)));
    }

    private Folders? Read(CommandList list, ImmutableHashSet<string> folders)
    {
        Folders? after = null;
        foreach (var item in list.Items)
        {
            after = item.End == ListEnd.Sequential ? Read(item.Commands, folders) : null;
            if (after is null)
            {
                return null;
            }

            folders = after.Either;
        }

        return after;
    }

    private Folders? Read(AndOrList list, ImmutableHashSet<string> folders)
    {
        var after = Folders.Same(folders);
        foreach (var item in list.Items)
        {
            var before = item.Operator switch
            {
                AndOrOperator.And => after.Success,
                AndOrOperator.Or => after.Failure,
                _ => folders,
            };
            if (Read(item.Pipeline, before) is not { } next)
            {
                return null;
            }

            after = item.Operator switch
            {
                AndOrOperator.And => new Folders(next.Success, after.Failure.Union(next.Failure)),
                AndOrOperator.Or => new Folders(after.Success.Union(next.Success), next.Failure),
                _ => next,
            };
            if (after.Either.Count > MostFolders)
            {
                return null;
            }
        }

        return after;
    }

    private Folders? Read(Pipeline pipeline, ImmutableHashSet<string> folders)
    {
        if (pipeline.Prefix == PipelinePrefix.Timed || pipeline.Pipes.Contains(Pipe.OutputAndErrors))
        {
            return null;
        }

        var after = Folders.Same(folders);
        foreach (var command in pipeline.Commands)
        {
            if (Read(command, folders) is not { } next)
            {
                return null;
            }

            after = next;
        }

        if (pipeline.Commands.Length > 1)
        {
            // Some shells run the last command themselves, the others run all of them in shells of their own.
            after = Folders.Same(after.Either.Union(folders));
        }

        return pipeline.Prefix == PipelinePrefix.Negated ? new Folders(after.Failure, after.Success) : after;
    }

    private Folders? Read(ShellCommand command, ImmutableHashSet<string> folders)
    {
        if (!command.Redirections.All(redirection => IsHarmless(redirection, folders)))
        {
            return null;
        }

        return command switch
        {
            GroupCommand { Kind: GroupKind.Braces } group => Read(group.Body, folders),
            GroupCommand group => Read(group.Body, folders) is null ? null : Folders.Same(folders),
            SimpleCommand { Assignments: [], Words: [var name, .. var words] } => Read(name.Literal, words, folders),
            _ => null,
        };
    }

    private Folders? Read(string? name, ImmutableArray<Word> words, ImmutableHashSet<string> folders)
    {
        List<Argument> arguments = [];
        foreach (var word in words)
        {
            if (Argument.TryFrom(word) is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
        }

        if (name == "cd")
        {
            return ChangeFolder(arguments, folders);
        }

        return
            name is not null
            && ReadOnlyCommands.Find(name)?.Read(arguments) is { } reads
            && folders.All(folder => TryAdd(reads, arguments, folder))
            ? Folders.Same(folders)
            : null;
    }

    private bool TryAdd(CommandReads reads, List<Argument> arguments, string folder)
    {
        var patterns = arguments.Where(argument => argument.Kind == ArgumentKind.Pattern);
        var paths = reads.Paths.Where(path => path.Text != "-").Union(patterns).ToList();
        return paths.TrueForAll(path => TryAdd(path, folder, reads))
            && reads.Doubtful.All(word => ReadPath.TryFind(new Argument(ValueOf(word)), folder, readable) is not null);
    }

    private bool TryAdd(Argument path, string folder, CommandReads reads)
    {
        if (ReadPath.TryFind(path, folder, readable) is not { } found)
        {
            return false;
        }

        _paths.Add(found with { FileOnly = reads.FilesOnly, ReadsBelow = reads.ReadsBelow });
        return true;
    }

    private Folders? ChangeFolder(List<Argument> arguments, ImmutableHashSet<string> folders)
    {
        // -, +1, and two words mean something to some shells; no word means the user's home.
        if (arguments is not [{ Kind: ArgumentKind.Literal, Text: [not ('-' or '+'), ..] } target])
        {
            return null;
        }

        var gone = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            if (ReadPath.TryFind(target, folder, readable) is not { } found)
            {
                return null;
            }

            gone.Add(found.FullPath);
            Visit(found.FullPath);
        }

        return new Folders(gone.ToImmutable(), folders);
    }

    private bool IsHarmless(Redirection redirection, ImmutableHashSet<string> folders) =>
        redirection switch
        {
            FileRedirection { Target.Literal: "/dev/null", Descriptor: null or 0 or 1 or 2 } file => file.Operator
                is FileOperator.Read
                    or FileOperator.Write
                    or FileOperator.Append,
            FileRedirection { Operator: FileOperator.Read, Descriptor: null or 0, Target.Literal: { } target } =>
                folders.All(folder => TryAdd(new Argument(target), folder, CommandReads.Nothing)),
            DuplicateRedirection { Operator: DuplicateOperator.Output, Descriptor: null or 1 or 2, Source: 1 or 2 } =>
                true,
            _ => false,
        };

    // --file=/etc/passwd
    private static string ValueOf(string word) =>
        word.StartsWith('-') && word.IndexOf('=') is var equals and > 0 ? word[(equals + 1)..] : word;

    /// <summary>Where the shell may be after a command that succeeded, and after one that failed.</summary>
    private sealed record Folders(ImmutableHashSet<string> Success, ImmutableHashSet<string> Failure)
    {
        public ImmutableHashSet<string> Either => Success.Union(Failure);

        public static Folders Same(ImmutableHashSet<string> folders) => new(folders, folders);
    }
}
