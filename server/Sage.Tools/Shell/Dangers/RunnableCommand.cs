using System.Collections.Immutable;
using Sage.Agent.ShellLanguage;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Tools.Shell.Dangers;

/// <summary>A command that a line would run, with what is known of its words.</summary>
/// <param name="Name">Of the program, without its folder.</param>
/// <param name="Arguments">What stands after it.</param>
/// <param name="Folder">Where it runs; null when that is not certain.</param>
/// <param name="Input">True when it reads what another command prints.</param>
internal sealed record RunnableCommand(
    string Name,
    ImmutableArray<ExpandedWord> Arguments,
    string? Folder,
    bool Input = false
)
{
    public IEnumerable<ExpandedWord> Operands
    {
        get
        {
            var onlyOperands = false;
            foreach (var argument in Arguments)
            {
                if (!onlyOperands && argument.Text == "--")
                {
                    onlyOperands = true;
                }
                else if (onlyOperands || !argument.IsOption)
                {
                    yield return argument;
                }
            }
        }
    }

    /// <summary>True for an option by one of its letters, or its long name.</summary>
    public bool Has(string letters, params ReadOnlySpan<string> names)
    {
        foreach (var argument in Arguments)
        {
            if (letters.Any(argument.HasLetter) || names.Contains(argument.Text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The command itself, or the one that it runs for another: <c>sudo rm</c>, <c>timeout 5 rm</c>.</summary>
    public IEnumerable<RunnableCommand> WithHidden()
    {
        yield return this;
        for (var i = 0; ShellPrograms.RunsItsArguments(Name) && i < Arguments.Length; i++)
        {
            yield return this with
            {
                Name = NameOf(Arguments[i].Text),
                Arguments = Arguments[(i + 1)..],
            };
        }
    }

    public static string NameOf(string program) => program[(program.LastIndexOf('/') + 1)..];
}

/// <summary>A file that a line would write over, by a redirection.</summary>
/// <param name="Target">As it is written.</param>
/// <param name="Folder">Where it is looked for; null when that is not certain.</param>
internal sealed record OverwrittenFile(ExpandedWord Target, string? Folder);

/// <summary>Goes through a line in the order of the shell, as far as folders and variables can be followed.</summary>
internal sealed class LineWalk(ShellVariables variables)
{
    private const int DeepestScript = 4;

    public List<RunnableCommand> Commands { get; } = [];

    public List<OverwrittenFile> Overwritten { get; } = [];

    public void Go(CommandList script, string? folder) => Go(script, folder, depth: 0);

    private string? Go(CommandList script, string? folder, int depth)
    {
        foreach (var pipeline in script.Items.SelectMany(item => item.Commands.Items).Select(item => item.Pipeline))
        {
            var before = folder;
            for (var i = 0; i < pipeline.Commands.Length; i++)
            {
                folder = Go(pipeline.Commands[i], before, readsPipe: i > 0, depth);
            }

            // The commands of a pipeline may run in shells of their own.
            folder = pipeline.Commands.Length == 1 || folder == before ? folder : null;
        }

        return folder;
    }

    /// <returns>The folder afterwards.</returns>
    private string? Go(ShellCommand command, string? folder, bool readsPipe, int depth)
    {
        AddRedirections(command, folder);
        switch (command)
        {
            case SimpleCommand simple:
                return Go(simple, folder, readsPipe, depth);
            case GroupCommand group:
                var after = Go(group.Body, folder, depth);
                return group.Kind == GroupKind.Braces ? after : folder;
            default:
                // Whether and how often the rest runs is not known, so neither is the folder after a cd in it.
                var changes = command.SimpleCommands().Any(inner => inner.Words is [{ Literal: "cd" or "pushd" }, ..]);
                foreach (var inner in command.SimpleCommands())
                {
                    Go(inner, changes ? null : folder, readsPipe, depth);
                }

                return changes ? null : folder;
        }
    }

    private string? Go(SimpleCommand command, string? folder, bool readsPipe, int depth)
    {
        foreach (var substitution in command.DescendantsAndSelf().OfType<SubstitutionPart>())
        {
            Go(substitution.Body, folder, depth + 1);
        }

        if (command.Words.IsEmpty)
        {
            foreach (var assignment in command.Assignments)
            {
                variables.Set(assignment);
            }

            return folder;
        }

        var words = command.Words.Select(variables.Expand).ToImmutableArray();
        var name = RunnableCommand.NameOf(words[0].Text);
        Commands.Add(new RunnableCommand(name, words[1..], folder, readsPipe));
        if (
            depth < DeepestScript
            && ShellPrograms.KindsOf(name) != Shells.None
            && words is [_, { Text: "-c" }, var script, ..]
            && ShellParser.Parse(script.Text) is ShellParse.Parsed parsed
        )
        {
            Go(parsed.Script, folder, depth + 1);
        }

        return name switch
        {
            "cd" when words is [_, { Empty: null } target] && folder is not null => Path.GetFullPath(
                target.Text,
                folder
            ),
            "cd" or "pushd" or "popd" => null,
            _ => folder,
        };
    }

    private void AddRedirections(ShellCommand command, string? folder)
    {
        foreach (var redirection in command.Redirections.OfType<FileRedirection>())
        {
            if (redirection.Operator is FileOperator.Write or FileOperator.Clobber or FileOperator.WriteBoth)
            {
                Overwritten.Add(new OverwrittenFile(variables.Expand(redirection.Target), folder));
            }
        }
    }
}
