using System.Text;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Tools.Shell.ReadOnly;

/// <summary>An argument of a command of which everything is known, or all but which files of one folder it names.</summary>
/// <param name="Text">What the command gets; with <c>*</c> in it when it is a pattern.</param>
/// <param name="Kind">Whether files decide what it stands for.</param>
internal readonly record struct Argument(string Text, ArgumentKind Kind = ArgumentKind.Literal)
{
    public bool IsOption => Kind == ArgumentKind.Literal && Text is ['-', _, ..];

    /// <summary>Null when it could be anything.</summary>
    public static Argument? TryFrom(Word word) =>
        word.Literal is { } text ? new Argument(text)
        : TryPattern(word) is { } pattern ? new Argument(pattern, ArgumentKind.Pattern)
        : null;

    // What it becomes begins like the pattern: it must not be able to become an option, nor leave its folder.
    private static string? TryPattern(Word word)
    {
        var pattern = new StringBuilder();
        foreach (var part in word.Parts)
        {
            var text = part switch
            {
                LiteralPart literal => literal.Text,
                QuotedPart { Quoting: Quoting.Single or Quoting.Backslash } quoted => quoted.Text,
                PatternPart { Text: var stars } when stars.All(c => c is '*' or '?') => "*",
                _ => null,
            };
            // Quoted, these would be plain characters.
            if (text is null || part is not PatternPart && text.AsSpan().ContainsAny("*?[]\\"))
            {
                return null;
            }

            pattern.Append(text);
        }

        var found = pattern.ToString();
        return found[0] is not ('-' or '*') && found.IndexOf('*') > found.LastIndexOf('/') ? found : null;
    }
}

/// <summary>What an argument is made of.</summary>
internal enum ArgumentKind
{
    Literal,

    /// <summary>All files of one folder whose names match, or the pattern itself.</summary>
    Pattern,
}
