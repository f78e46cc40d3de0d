using System.Collections.Immutable;
using Sage.Agent.ShellLanguage;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.Permissions;

/// <summary>
/// Every command that a line may run, for rules to be matched with: also those inside of substitutions, functions and
/// <c>sh -c</c>, and behind <c>env</c>, <c>sudo</c> and their like.
/// </summary>
internal static class CommandParts
{
    private const int DeepestScript = 4;

    /// <summary>A line that cannot be read could be anything.</summary>
    private static readonly PermissionPart Anything = new(
        PermissionPart.Unknown.ToString(),
        PartSyntax.Text,
        PartReach.Open
    );

    /// <param name="line">A command line.</param>
    /// <param name="parsed">The same.</param>
    /// <param name="shell">What will read it.</param>
    /// <param name="onlyReads">Whether a command, taken alone, is proven to read only.</param>
    public static ImmutableArray<PermissionPart> Of(
        string line,
        ShellParse parsed,
        Shells shell,
        Func<string, bool> onlyReads
    ) => Of(line, parsed, shell, onlyReads, depth: 0) ?? [Anything];

    /// <returns>Null when it is not certain what the shell makes of it.</returns>
    private static ImmutableArray<PermissionPart>? Of(
        string line,
        ShellParse parsed,
        Shells shell,
        Func<string, bool> onlyReads,
        int depth
    )
    {
        if (
            depth > DeepestScript
            || shell == Shells.None
            || parsed is not ShellParse.Parsed { Script: var script, Readers: var readers }
            || !readers.HasFlag(shell)
        )
        {
            return null;
        }

        var parts = ImmutableArray.CreateBuilder<PermissionPart>();
        foreach (var node in script.DescendantsAndSelf())
        {
            switch (node)
            {
                case SimpleCommand command:
                    AddCommand(command, line, onlyReads, depth, parts);
                    break;
                case ArithmeticCommand or ArithmeticPart or ArithmeticForCommand or ConditionalCommand:
                    // What a variable holds is evaluated there, and can run a command.
                    parts.Add(PartOf(node, line, PartReach.Open));
                    break;
                case Redirection redirection when !IsHarmless(redirection):
                    parts.Add(PartOf(redirection, line, PartReach.Open));
                    break;
            }
        }

        return parts.ToImmutable();
    }

    private static void AddCommand(
        SimpleCommand command,
        string line,
        Func<string, bool> onlyReads,
        int depth,
        ImmutableArray<PermissionPart>.Builder parts
    )
    {
        if (command.Assignments.IsEmpty && command.Words.IsEmpty)
        {
            return;
        }

        var words = CommandWords.Of(command);
        var source = words.SourceIn(line);
        var isOpen = command.Assignments.Cast<ShellNode>().Concat(command.Words).Any(HasSubstitution);
        var inner = words.ScriptOfShell is var (shell, script)
            ? Of(script, ShellParser.Parse(script), shell, onlyReads, depth + 1)
            : null;
        var reach =
            inner is not null || !isOpen && onlyReads(source) ? PartReach.Free
            : isOpen || words.RunsOthers ? PartReach.Open
            : PartReach.Plain;
        parts.Add(new PermissionPart(words.Text, PartSyntax.Text, reach) { Source = source, WiderText = words.Wider });
        parts.AddRange(inner ?? []);
        parts.AddRange(words.Hidden.Select(text => new PermissionPart(text, PartSyntax.Text, PartReach.Free)));
    }

    private static PermissionPart PartOf(ShellNode node, string line, PartReach reach) =>
        new(node.Span.In(line).ToString(), PartSyntax.Text, reach);

    private static bool HasSubstitution(ShellNode node) =>
        node.DescendantsAndSelf().Any(child => child is SubstitutionPart or ArithmeticPart);

    private static bool IsHarmless(Redirection redirection) =>
        redirection switch
        {
            FileRedirection { Target.Literal: "/dev/null" } => true,
            DuplicateRedirection { Source: not null } => true,
            _ => false,
        };
}
