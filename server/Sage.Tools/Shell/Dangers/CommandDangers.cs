using System.Collections;
using Sage.Agent.Permissions;
using Sage.Agent.ShellLanguage;
using Sage.Agent.Workspaces;

namespace Sage.Tools.Shell.Dangers;

/// <summary>
/// Finds what a command line would destroy, send away or turn off, with what the shell would really run: after variables,
/// <c>~</c> and <c>cd</c>. It is no wall, it tells the user what they decide about.
/// </summary>
internal sealed class CommandDangers(IDictionary environment, string home, IEnumerable<string> temporary)
{
    /// <summary>As things are for this process.</summary>
    public static CommandDangers Here { get; } =
        new(
            Environment.GetEnvironmentVariables(),
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            ["/tmp", "/var/tmp", Path.TrimEndingDirectorySeparator(Path.GetTempPath())]
        );

    /// <summary>The worst that is found; null when nothing is, or the line cannot be read.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="folder">Where it would run; absolute.</param>
    /// <param name="workspace">What it may destroy as long as it says so.</param>
    public Danger? Find(ShellParse parsed, string folder, Workspace workspace)
    {
        if (parsed is not ShellParse.Parsed { Script: var script })
        {
            return null;
        }

        var walk = new LineWalk(new ShellVariables(environment, home));
        walk.Go(script, folder);
        var paths = new DangerousPaths(workspace, home, temporary);
        Danger? worst = null;
        foreach (
            var danger in walk
                .Commands.SelectMany(command => command.WithHidden())
                .Select(command => Of(command, paths))
                .Concat(walk.Overwritten.Select(file => paths.OfFile("overwrites", file.Target, file.Folder)))
        )
        {
            worst = danger is not null && (worst is null || danger.Level > worst.Level) ? danger : worst;
        }

        return worst;
    }

    private static Danger? Of(RunnableCommand command, DangerousPaths paths) =>
        command.Name switch
        {
            "rm" or "rmdir" or "unlink" or "shred" => OfDeletion(command, paths),
            "find" => OfFind(command, paths),
            "chmod" or "chown" or "chgrp" when command.Has("R", "--recursive") => Worst(
                command.Operands.Skip(1),
                target =>
                    paths.OfTree("changes the rights of", target, command.Folder) is { Level: DangerLevel.Grave } grave
                        ? grave
                        : null
            ),
            "mv"
            or "cp"
                when command.Operands.LastOrDefault() is { Text.Length: > 0 } target
                    && !command.Has("n", "--no-clobber") => paths.OfFile("overwrites", target, command.Folder),
            "tee" when !command.Has("a", "--append") => Worst(
                command.Operands,
                target => paths.OfFile("overwrites", target, command.Folder)
            ),
            "truncate" => Worst(command.Operands, target => paths.OfFile("cuts off", target, command.Folder)),
            "dd" => Worst(
                command.Arguments.Where(word => word.Text.StartsWith("of=", StringComparison.Ordinal)),
                word => paths.OfFile("overwrites", word with { Text = word.Text[3..] }, command.Folder)
            ),
            "git" => GitDangers.Of(command),
            "sh" or "bash" or "zsh" or "dash" or "ksh" when command is { Input: true } && !command.Operands.Any() =>
                new Danger("It runs whatever the command before it prints.", DangerLevel.Notable),
            _ => WellKnownDangers.Of(command),
        };

    private static Danger? OfDeletion(RunnableCommand command, DangerousPaths paths)
    {
        var isTree = command.Has("rR", "--recursive");
        return Worst(
            command.Operands,
            target =>
                isTree || target.Empty is not null ? paths.OfTree("deletes", target, command.Folder)
                : paths.OfFile("deletes", target, command.Folder) is { Level: DangerLevel.Grave } grave ? grave
                : null
        );
    }

    private static Danger? OfFind(RunnableCommand command, DangerousPaths paths)
    {
        var acts =
            command.Arguments.Any(word => word.Text == "-delete")
            || command
                .Arguments.Zip(command.Arguments.Skip(1))
                .Any(pair =>
                    pair.First.Text is "-exec" or "-execdir"
                    && RunnableCommand.NameOf(pair.Second.Text) is "rm" or "shred"
                );
        var roots = command.Arguments.TakeWhile(word => word.Text is not ['-' or '(' or '!', ..]).DefaultIfEmpty(".");
        return acts ? Worst(roots, root => paths.OfTree("deletes what it finds in", root, command.Folder)) : null;
    }

    private static Danger? Worst(IEnumerable<ExpandedWord> words, Func<ExpandedWord, Danger?> of) =>
        words.Select(of).OfType<Danger>().MaxBy(danger => danger.Level);
}
