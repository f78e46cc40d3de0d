using System.Collections.Immutable;
using System.Text;
using Sage.Agent.ShellLanguage;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.Permissions;

/// <summary>One simple command, as rules see it.</summary>
internal sealed record CommandWords(SimpleCommand Command, ImmutableArray<string> Words)
{
    private static readonly ImmutableHashSet<string> FindActions =
    [
        "-exec",
        "-execdir",
        "-ok",
        "-okdir",
        "-delete",
        "-fprint",
        "-fprint0",
        "-fprintf",
        "-fls",
    ];

    /// <summary>Their next word says what they do; without it a rule would be as wide as the program.</summary>
    private static readonly ImmutableHashSet<string> WithVerbs =
    [
        "git",
        "npm",
        "pnpm",
        "yarn",
        "bun",
        "cargo",
        "dotnet",
        "go",
        "docker",
        "kubectl",
        "gh",
        "pip",
        "pip3",
        "uv",
        "poetry",
        "mvn",
        "gradle",
        "./gradlew",
        "./mvnw",
        "bundle",
        "rake",
        "rails",
        "composer",
        "cmake",
        "terraform",
        "swift",
        "mix",
        "deno",
        "brew",
        "apt",
        "apt-get",
        "systemctl",
        "make",
        "just",
        "task",
        "npx",
        "bunx",
        "nx",
        "turbo",
        "ng",
        "flutter",
        "dart",
    ];

    /// <summary>Their arguments decide what is destroyed, sent or run: no wider rule is offered.</summary>
    private static readonly ImmutableHashSet<string> TooWide =
    [
        "rm",
        "rmdir",
        "mv",
        "cp",
        "ln",
        "dd",
        "tee",
        "chmod",
        "chown",
        "install",
        "truncate",
        "shred",
        "mkfs",
        "curl",
        "wget",
        "nc",
        "scp",
        "sftp",
        "rsync",
        "kill",
        "pkill",
        "killall",
        "sed",
        "awk",
        "perl",
        "python",
        "python3",
        "node",
        "ruby",
        "php",
        "lua",
        "osascript",
        "powershell",
        "pwsh",
        "crontab",
        "mount",
        "umount",
        "find",
        "export",
        "set",
        "unset",
        "cd",
        "pushd",
    ];

    /// <summary>With assignments before it. <see cref="PermissionPart.Unknown"/> is where the shell will put something.</summary>
    public string Text => string.Join(' ', Command.Assignments.Select(assignment => TextOf(assignment)).Concat(Words));

    /// <summary>True when it runs what its arguments say.</summary>
    public bool RunsOthers =>
        Words is [var program, ..]
        && NameOf(program) is var name
        && (
            ShellPrograms.RunsItsArguments(name)
            || ShellPrograms.KindsOf(name) != Shells.None
            || name == "find" && Words.Any(FindActions.Contains)
            || name.Contains(PermissionPart.Unknown, StringComparison.Ordinal)
        );

    /// <summary>The line that <c>sh -c '…'</c> runs, when that is all it does, and what reads it.</summary>
    public (Shells Shell, string Script)? ScriptOfShell =>
        Command is { Assignments: [], Redirections: [] }
        && Words is [var program, "-c", var script]
        && ShellPrograms.KindsOf(program) is not Shells.None and var shell
        && !script.Contains(PermissionPart.Unknown, StringComparison.Ordinal)
            ? (shell, script)
            : null;

    /// <summary>What else it may be about: the program by its name alone, what it would run itself. Only for rules that forbid.</summary>
    public IEnumerable<string> Hidden
    {
        get
        {
            if (Words is [var program, .. var rest])
            {
                if (NameOf(program) != program || !Command.Assignments.IsEmpty)
                {
                    yield return string.Join(' ', rest.Prepend(NameOf(program)));
                }

                for (var i = 1; RunsOthers && i < Words.Length; i++)
                {
                    yield return string.Join(' ', Words.Skip(i + 1).Prepend(NameOf(Words[i])));
                }
            }
        }
    }

    /// <summary>A pattern for this command and its like; null when none is safe to offer.</summary>
    public string? Wider
    {
        get
        {
            var isKnown =
                Command.Assignments.IsEmpty
                && Words is [var program, ..]
                && !RunsOthers
                && !TooWide.Contains(NameOf(program));
            if (!isKnown || Words[0].AsSpan().ContainsAny("*\\()"))
            {
                return null;
            }

            var verbs =
                !WithVerbs.Contains(Words[0]) ? 0
                : Words is [_, "run" or "exec" or "compose", ..] ? 2
                : 1;
            var kept = Words.Take(verbs + 1).ToList();
            var isSaid = kept.Count == verbs + 1 && kept.Skip(1).All(word => word is not ['-', ..] && IsPlain(word));
            return isSaid ? string.Join(' ', kept) + " *" : null;
        }
    }

    public static CommandWords Of(SimpleCommand command) =>
        new(command, [.. command.Words.Select(word => TextOf(word))]);

    /// <summary>As it was written, without its redirections.</summary>
    public string SourceIn(string line)
    {
        var nodes = Command.Assignments.Cast<ShellNode>().Concat(Command.Words);
        return string.Join(' ', nodes.Select(node => node.Span.In(line).ToString()));
    }

    private static bool IsPlain(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ':' or '.' or '/' or '@');

    private static string NameOf(string program) => program[(program.LastIndexOf('/') + 1)..];

    private static string TextOf(Assignment assignment) =>
        $"{assignment.Name}{(assignment.Operator == AssignmentOperator.Append ? "+=" : "=")}{string.Join(' ', assignment.Values.Select(value => TextOf(value)))}";

    private static string TextOf(Word word)
    {
        var text = new StringBuilder();
        Append(word.Parts, text);
        return text.ToString();
    }

    private static void Append(ImmutableArray<WordPart> parts, StringBuilder text)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case LiteralPart literal:
                    text.Append(literal.Text);
                    break;
                case QuotedPart quoted:
                    text.Append(quoted.Text);
                    break;
                case DoubleQuotedPart quoted:
                    Append(quoted.Parts, text);
                    break;
                default:
                    text.Append(PermissionPart.Unknown);
                    break;
            }
        }
    }
}
