using System.Collections;
using System.Collections.Immutable;
using System.Text;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Tools.Shell.Dangers;

/// <summary>
/// Puts into words what the shell would put there: variables of the environment, those that the line itself sets, and the
/// user's home. What a command would print is taken as nothing, which is the worst that it can be.
/// </summary>
internal sealed class ShellVariables(IDictionary environment, string home)
{
    private readonly Dictionary<string, ExpandedWord> _set = new(StringComparer.Ordinal);

    public void Set(Assignment assignment) =>
        _set[assignment.Name] = assignment is { Operator: AssignmentOperator.Set, Values: [var value] }
            ? Expand(value)
            : new ExpandedWord("", "$" + assignment.Name);

    public ExpandedWord Expand(Word word)
    {
        var text = new StringBuilder();
        string? empty = null;
        Append(word.Parts, text, ref empty);
        var expanded = text.ToString();
        var isHome = word.Parts is [PatternPart { Text: ['~', ..] }, ..] && expanded is "~" or ['~', '/', ..];
        return new ExpandedWord(isHome ? home + expanded[1..] : expanded, empty);
    }

    private void Append(ImmutableArray<WordPart> parts, StringBuilder text, ref string? empty)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case LiteralPart literal:
                    text.Append(literal.Text);
                    break;
                case PatternPart pattern:
                    text.Append(pattern.Text);
                    break;
                case QuotedPart quoted:
                    text.Append(quoted.Text);
                    break;
                case DoubleQuotedPart quoted:
                    Append(quoted.Parts, text, ref empty);
                    break;
                case ParameterPart parameter:
                    var value = ValueOf(parameter);
                    text.Append(value.Text);
                    empty ??= value.Empty;
                    break;
                case SubstitutionPart:
                    empty ??= "what $(…) prints";
                    break;
                default:
                    break;
            }
        }
    }

    private ExpandedWord ValueOf(ParameterPart parameter)
    {
        var name = "$" + parameter.Name;
        var value =
            _set.TryGetValue(parameter.Name, out var set) ? set
            : environment[parameter.Name] is string { Length: > 0 } given ? given
            : parameter.Name == "HOME" ? home
            : new ExpandedWord("", name);
        return parameter.Operator switch
        {
            "" or "-" or ":-" or "=" or ":=" when value.Text.Length > 0 => value,
            "-" or ":-" or "=" or ":=" when parameter.Argument is { } instead => Expand(instead),
            // The shell stops when it is empty.
            "?" or ":?" => value.Text.Length > 0 ? value : new ExpandedWord(name),
            "" => value,
            // Anything that is cut from or made of it.
            _ => new ExpandedWord("", name),
        };
    }
}
