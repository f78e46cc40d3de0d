using System.Text;
using Sage.Agent.Workspaces;

namespace Sage.Agent.Permissions;

/// <summary>What a rule does with a call that it covers.</summary>
public enum RuleEffect
{
    Allow,
    Ask,
    Deny,
}

/// <summary>
/// <c>run_command(npm test *)</c>, <c>edit_file(src/**)</c>, <c>run_command</c>, <c>mcp__github__*</c>: a tool, or one of the
/// groups <c>read</c>, <c>edit</c> and <c>execute</c>, and which of its calls. A backslash takes the next star as it is.
/// </summary>
public sealed record PermissionRule
{
    private readonly string _tool;
    private readonly string? _pattern;
    private readonly TextPattern? _text;
    private readonly Wildcard? _path;
    private readonly bool _isByName;

    private PermissionRule(string text, string tool, string? pattern, RuleEffect effect, RuleSource source)
    {
        (Text, _tool, _pattern, Effect, Source) = (text, tool, pattern, effect, source);
        _text = pattern is null ? null : new TextPattern(pattern);
        var relative = pattern is ['.', '/', ..] ? pattern[2..] : pattern;
        relative = relative is [.., '/'] ? relative + "**" : relative;
        _isByName = relative?.Contains('/', StringComparison.Ordinal) == false;
        _path = relative is null ? null : Wildcard.Parse(relative);
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    public RuleEffect Effect { get; }

    public RuleSource Source { get; }

    /// <summary>True for a tool as a whole.</summary>
    public bool IsWholeTool => _pattern is null;

    /// <returns>Null when it cannot be understood.</returns>
    public static PermissionRule? TryParse(string text, RuleEffect effect, RuleSource source)
    {
        ArgumentNullException.ThrowIfNull(text);
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var tool = open < 0 ? text : text[..open];
        var isTool =
            tool.Length > 0 && tool.AsSpan().TrimEnd('*').IndexOfAnyExcept(ToolCharacters) < 0 && tool is not "*";
        return isTool && (open < 0 || text[^1] == ')')
            ? new PermissionRule(text, tool, open < 0 ? null : text[(open + 1)..^1], effect, source)
            : null;
    }

    /// <summary>The rule for one call and no other.</summary>
    public static string Exactly(string tool, string subject) =>
        subject.Length == 0 ? tool : $"{tool}({TextPattern.Escape(subject)})";

    /// <summary>True when the rule is about this whole call, word for word.</summary>
    public bool IsExactly(PermissionKey key) =>
        _tool == key.Tool && (_pattern is null ? key.Subject.Length == 0 : _text!.Literal == key.Subject);

    /// <summary>True when the rule is about the part, whatever becomes of what is unknown in it.</summary>
    public bool Covers(PermissionKey key, PermissionPart part) =>
        IsAboutTool(key) && (_pattern is null || Matches(part, Unknowns.StandForThemselves));

    /// <summary>True when the part could turn out to be what the rule is about.</summary>
    public bool MayCover(PermissionKey key, PermissionPart part) =>
        IsAboutTool(key) && (_pattern is null || Matches(part, Unknowns.MayBecomeAnything));

    /// <summary>True when the rule is about the tool, all of it or a part.</summary>
    public bool IsAboutTool(PermissionKey key) =>
        _tool switch
        {
            "read" => key.Kind == PermissionKind.Read,
            "edit" => key.Kind == PermissionKind.Edit,
            "execute" => key.Kind == PermissionKind.Execute,
            [.., '*'] => key.Tool.StartsWith(_tool.TrimEnd('*'), StringComparison.Ordinal),
            _ => key.Tool == _tool,
        };

    private bool Matches(PermissionPart part, Unknowns unknowns) =>
        part.Syntax == PartSyntax.Text
            ? _text!.Matches(part.Text, unknowns) || part.Source == _text.Literal
            : part.Text == _pattern
                || _path!.IsMatch(_isByName ? part.Text.AsSpan()[(part.Text.LastIndexOf('/') + 1)..] : part.Text);

    private static readonly System.Buffers.SearchValues<char> ToolCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."
    );
}

/// <summary>Who made a rule, in words that end "…, which".</summary>
/// <param name="Kind">Decides what it may do.</param>
/// <param name="Place">The file, for people; empty when there is none.</param>
public sealed record RuleSource(RuleSourceKind Kind, string Place = "")
{
    public override string ToString()
    {
        var words = Kind switch
        {
            RuleSourceKind.Policy => "your organisation's policy",
            RuleSourceKind.User => "your settings",
            RuleSourceKind.Project => "this project's settings",
            RuleSourceKind.CommandLine => "the command line",
            RuleSourceKind.SavedForWorkspace => "what you allowed for this workspace",
            RuleSourceKind.SavedForUser => "what you allowed everywhere",
            _ => "what you allowed for this session",
        };
        return Place.Length == 0 ? words : new StringBuilder(words).Append(" (").Append(Place).Append(')').ToString();
    }
}

/// <summary>Where rules come from.</summary>
public enum RuleSourceKind
{
    /// <summary>Of the machine's administrator: can only restrict.</summary>
    Policy,

    /// <summary>Written by the user.</summary>
    User,

    /// <summary>Of the project, so of anybody: can only restrict.</summary>
    Project,

    /// <summary>Given with the command.</summary>
    CommandLine,

    /// <summary>Saved from an answer.</summary>
    SavedForWorkspace,

    /// <summary>Saved from an answer.</summary>
    SavedForUser,

    /// <summary>Lives as long as the session.</summary>
    Session,
}
