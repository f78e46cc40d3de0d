using System.Collections.Immutable;
using Sage.Agent.ShellLanguage;

namespace Sage.Agent.Permissions;

/// <summary>What the gate decides about.</summary>
/// <param name="Kind">How far the call reaches.</param>
/// <param name="Tool">The tool's name.</param>
/// <param name="Subject">What the call is, in one text: the command line, the path; empty when the tool says it all.</param>
public sealed record PermissionKey(PermissionKind Kind, string Tool, string Subject = "")
{
    /// <summary>The rule that covers exactly this call: <c>run_command(npm test)</c>, <c>edit_file(src/a.ts)</c>.</summary>
    public string Rule => PermissionRule.Exactly(Tool, Subject);

    /// <summary>A wider rule that may be offered beside it: <c>run_command(npm test *)</c>; null when none makes sense.</summary>
    public string? WiderRule { get; init; }

    /// <summary>The whole address that the call would send to, when that is more than its subject says.</summary>
    public string? Address { get; init; }

    /// <summary>What rules are matched with: every part has to be allowed, and one that is denied denies all.</summary>
    public ImmutableArray<PermissionPart> Parts { get; init; } = [PermissionPart.Of(Subject)];

    /// <summary>Files that a command is proven to read, as people see them: what rules say of reading holds for these too.</summary>
    public ImmutableArray<string> Reads { get; init; } = [];

    /// <summary>One part for each path that a call touches.</summary>
    public static PermissionKey OfPaths(PermissionKind kind, string tool, params ImmutableArray<string> paths) =>
        new(kind, tool, string.Join(", ", paths)) { Parts = [.. paths.Select(PermissionPart.OfPath)] };

    /// <summary>One part for each command that a line may run.</summary>
    /// <param name="kind">Whether it is proven to read only.</param>
    /// <param name="tool">The tool's name.</param>
    /// <param name="line">The command line, as it would be written at the root of the workspace.</param>
    /// <param name="shell">What will read it.</param>
    /// <param name="onlyReads">Whether a command, taken alone, is proven to read only: it needs no rule.</param>
    /// <param name="parsed">The line, where it has been parsed already.</param>
    public static PermissionKey OfCommand(
        PermissionKind kind,
        string tool,
        string line,
        Shells shell,
        Func<string, bool> onlyReads,
        ShellParse? parsed = null
    )
    {
        var parts = CommandParts.Of(line, parsed ?? ShellParser.Parse(line), shell, onlyReads);
        var needed = parts.Where(part => part.Reach != PartReach.Free).ToList();
        return new PermissionKey(kind, tool, line)
        {
            Parts = parts,
            WiderRule = needed is [{ Reach: PartReach.Plain, WiderText: { } wider }] ? $"{tool}({wider})" : null,
        };
    }
}

/// <summary>A piece of a call that rules are matched with.</summary>
/// <param name="Text">A path as people see it, or one simple command; <see cref="Unknown"/> stands for what is not known before it runs.</param>
/// <param name="Syntax">How patterns are read.</param>
/// <param name="Reach">Whether a pattern may allow it.</param>
public sealed record PermissionPart(string Text, PartSyntax Syntax, PartReach Reach)
{
    /// <summary>Could become any text.</summary>
    public const char Unknown = '\0';

    /// <summary>As it was written, where that differs.</summary>
    public string Source { get; init; } = Text;

    /// <summary>A pattern for this part and its like; null when none is safe to offer.</summary>
    public string? WiderText { get; init; }

    public static PermissionPart Of(string text) => new(text, PartSyntax.Text, PartReach.Plain);

    public static PermissionPart OfPath(string path) => new(path, PartSyntax.Path, PartReach.Plain);
}

/// <summary>How a rule's pattern is matched.</summary>
public enum PartSyntax
{
    /// <summary><c>*</c> stands for any characters.</summary>
    Text,

    /// <summary><c>*</c> stays within a folder, <c>**</c> crosses folders; a pattern without a slash is for a name anywhere.</summary>
    Path,
}

/// <summary>Whether a pattern with a wildcard may allow a part.</summary>
public enum PartReach
{
    /// <summary>It is what it says.</summary>
    Plain,

    /// <summary>It needs no rule, but one may forbid it.</summary>
    Free,

    /// <summary>It does more than its words say (a redirection, a substitution), or cannot be read: only the exact call, or the whole tool, allows it.</summary>
    Open,
}

/// <summary>How far a call reaches.</summary>
public enum PermissionKind
{
    /// <summary>Reads only, or a command that is proven to read only; also talking to the user and planning.</summary>
    Read,

    /// <summary>Changes files inside the workspace.</summary>
    Edit,

    /// <summary>Everything else: commands, the network, files elsewhere.</summary>
    Execute,
}
