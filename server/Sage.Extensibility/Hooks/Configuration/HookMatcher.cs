using System.Text.RegularExpressions;

namespace Sage.Extensibility.Hooks.Configuration;

/// <summary>
/// What a hook is for: names with <c>|</c> between them, or, where there is anything else in it, a regular expression that a name
/// has to match somewhere. Nothing, and <c>*</c>, are for all.
/// </summary>
internal sealed class HookMatcher
{
    private readonly string[] _names;
    private readonly Regex? _expression;

    private HookMatcher(string? pattern, string[] names, Regex? expression) =>
        (Pattern, _names, _expression) = (pattern, names, expression);

    public static HookMatcher All { get; } = new(null, [], null);

    /// <summary>As it was written; null for all.</summary>
    public string? Pattern { get; }

    /// <exception cref="ArgumentException">It is no regular expression, or one that cannot be matched in a foreseeable time.</exception>
    public static HookMatcher Parse(string? pattern)
    {
        if (string.IsNullOrWhiteSpace(pattern) || pattern is "*")
        {
            return All;
        }

        var names = pattern.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.All(static name => name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')))
        {
            return new HookMatcher(pattern, names, null);
        }

        try
        {
            return new HookMatcher(
                pattern,
                [],
                new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)
            );
        }
        catch (NotSupportedException error)
        {
            throw new ArgumentException(error.Message, error);
        }
    }

    /// <param name="names">All that the tool is called.</param>
    public bool Matches(IEnumerable<string> names) =>
        Pattern is null
        || names.Any(name => _expression?.IsMatch(name) ?? _names.Contains(name, StringComparer.Ordinal));
}
