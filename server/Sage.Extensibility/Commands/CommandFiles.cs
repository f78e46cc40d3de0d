using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sage.Agent.Commands;
using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Memory;
using Sage.Protocol;
using Sage.Protocol.Commands;
using Sage.Protocol.Turns;

namespace Sage.Extensibility.Commands;

/// <summary>Commands as Markdown files: the workspace's, when it is trusted, and the user's own.</summary>
internal sealed partial class CommandFiles(UserFolders user, WorkspaceTrust trust) : ICommands
{
    private const int MostLines = 20;

    public ListCommandsResult List(Workspace workspace)
    {
        var (commands, problems) = Read(workspace);
        return new ListCommandsResult([.. commands.Values.Select(static command => command.Summary)], problems);
    }

    public CommandExpansion? Expand(Workspace workspace, string prompt)
    {
        if (!CommandLine.TryParse(prompt, out var line))
        {
            return null;
        }

        var (commands, problems) = Read(workspace);
        if (commands.GetValueOrDefault(line.Name) is { } command)
        {
            return Expand(workspace, command, line);
        }

        // `/tmp is full` is about a folder.
        return Path.Exists("/" + line.Name) ? null : throw Unknown(line.Name, commands.Keys, problems);
    }

    private (SortedDictionary<string, MarkdownCommand> Commands, ImmutableArray<string> Problems) Read(
        Workspace workspace
    )
    {
        var commands = new SortedDictionary<string, MarkdownCommand>(StringComparer.Ordinal);
        var problems = ImmutableArray.CreateBuilder<string>();
        var folders = trust.IsGranted ? CommandFolder.In(workspace) : [];
        foreach (var folder in folders.Concat(CommandFolder.Of(user)))
        {
            foreach (var file in folder.Files(workspace))
            {
                var place = $"{folder.Place}/{file}";
                if (MarkdownCommand.Read(folder, file, out var problem) is not { } command)
                {
                    problems.Add($"The command {place} was left out: {problem}.");
                }
                else if (!commands.TryAdd(command.Summary.Name, command))
                {
                    var stronger = commands[command.Summary.Name].Summary.Place;
                    problems.Add($"The command {place} was left out: {stronger} has its name, too.");
                }
            }
        }

        foreach (var command in BuiltInCommands.All)
        {
            commands.TryAdd(command.Summary.Name, command);
        }

        return (commands, problems.ToImmutable());
    }

    private static CommandExpansion Expand(Workspace workspace, MarkdownCommand command, CommandLine line)
    {
        var (name, place) = (command.Summary.Name, command.Summary.Place);
        var pieces = line.PutInto(Split(command.Body));
        if (pieces.Length / 2 > MostLines)
        {
            throw Refused(
                $"/{name} was not sent: {place} wants the output of {pieces.Length / 2} commands, and {MostLines} are the most."
            );
        }

        // Words and lines take turns.
        var words = string.Join('\n', pieces.Where(static (_, i) => i % 2 == 0));
        return new CommandExpansion(name, place, pieces[0], Files(workspace, words), command.Mode, command.Model)
        {
            Lines = [.. pieces.Skip(1).Chunk(2).Select(static pair => new ExpandedLine(pair[0], pair[1]))],
        };
    }

    /// <summary>
    /// Words and lines for the shell, in turns. Of the file only: what an argument says is not looked at, whatever it looks like.
    /// </summary>
    private static ImmutableArray<string> Split(string body)
    {
        var pieces = ImmutableArray.CreateBuilder<string>();
        var end = 0;
        foreach (Match shell in ShellCommand().Matches(body))
        {
            pieces.Add(body[end..shell.Index]);
            pieces.Add(shell.Groups["line"].Value);
            end = shell.Index + shell.Length;
        }

        pieces.Add(body[end..]);
        return pieces.ToImmutable();
    }

    /// <summary>What <c>@</c> points at, as far as it is there: it is also in addresses and in code.</summary>
    private static ImmutableArray<FilePart> Files(Workspace workspace, string text) =>
        [
            .. Reference()
                .Matches(text)
                .Select(static match =>
                    match.Groups["quoted"] is { Success: true, Value: var quoted }
                        ? quoted
                        : match.Groups["path"].Value.TrimEnd('.', ',', ';', ':', ')')
                )
                .Distinct(StringComparer.Ordinal)
                .Where(path => IsIn(workspace, path))
                .Select(static path => new FilePart(path)),
        ];

    private static bool IsIn(Workspace workspace, string path)
    {
        var full = Path.GetFullPath(path, workspace.Root);
        return path.Length > 0 && LinkedPath.IsWithin(workspace.Root, full) && Path.Exists(full);
    }

    private static SageException Unknown(string name, IEnumerable<string> known, ImmutableArray<string> problems)
    {
        var near = NearNames.Of(name, known);
        var hint =
            near.Length > 0 ? $" Did you mean {string.Join(" or ", near.Select(static other => $"/{other}"))}?" : "";
        // It may be there, and be the one that cannot be read.
        var mine = problems.Where(problem => problem.Contains($"/{name.Replace(':', '/')}.", StringComparison.Ordinal));
        return Refused(
            $"There is no command /{name}.{hint} {string.Concat(mine.Select(static problem => problem + " "))}"
                + "To send it as it is, begin with another word."
        );
    }

    private static SageException Refused(string message) => new(ErrorCodes.CommandRefused, message);

    [GeneratedRegex(@"(?<=^|\s)!`(?<line>[^`\n]+)`", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ShellCommand();

    [GeneratedRegex(
        @"(?<![\w@./`-])@(""(?<quoted>[^""\n]+)""|(?<path>[^\s@`""'<>|*?]+))",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Reference();
}
