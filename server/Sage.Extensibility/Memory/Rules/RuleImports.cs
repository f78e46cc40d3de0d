using System.Text.RegularExpressions;
using Sage.Agent.Workspaces;

namespace Sage.Extensibility.Memory.Rules;

/// <summary>
/// What a file with rules points at with <c>@</c>, outside of code: <c>@docs/style.md</c>, relative to that file. Only documents: a
/// repository must not be able to send a key along by naming it, and anything else the model can read when it needs it.
/// </summary>
internal static partial class RuleImports
{
    private const int Deepest = 5;
    private const int Most = 20;

    /// <summary>The files in the order in which they are named, each once, and behind each those that it names itself.</summary>
    /// <param name="rules">What names them.</param>
    /// <param name="user">Whose <c>~</c> it is.</param>
    public static List<RuleText> Of(RuleText rules, UserFolders user)
    {
        var found = new List<RuleText>();
        Collect(rules, user, [rules.Place.Path], found, depth: 1);
        return found;
    }

    private static void Collect(RuleText rules, UserFolders user, HashSet<string> seen, List<RuleText> found, int depth)
    {
        foreach (var name in depth <= Deepest ? NamesIn(rules.Text) : [])
        {
            if (
                found.Count < Most
                && Find(rules.Place, name, user) is { } place
                && seen.Add(place.Path)
                && RuleText.Read(place) is { } text
            )
            {
                found.Add(text);
                Collect(text, user, seen, found, depth + 1);
            }
        }
    }

    /// <summary>Null for what is no document, or is not there: an <c>@</c> is also in names of people and packages.</summary>
    private static RulePlace? Find(RulePlace from, string name, UserFolders user)
    {
        var isOfHome = name.StartsWith("~/", StringComparison.Ordinal);
        if (!Document().IsMatch(name) || from.Root is not null && (isOfHome || Path.IsPathRooted(name)))
        {
            return null;
        }

        var folder = Path.GetDirectoryName(from.Path)!;
        var path = isOfHome ? Path.Combine(user.Home, name[2..]) : Path.GetFullPath(name, folder);
        if (!File.Exists(path) || from.Root is { } root && !LinkedPath.IsWithin(root, path))
        {
            return null;
        }

        var shown = from.Root is null
            ? user.Display(path)
            : Path.GetRelativePath(from.Root, path).Replace(Path.DirectorySeparatorChar, '/');
        return new RulePlace(path, shown, from.Root);
    }

    private static IEnumerable<string> NamesIn(string text) =>
        Name()
            .Matches(Code().Replace(text, ""))
            .Select(static match => match.Groups["path"].Value.TrimEnd('.', ',', ';', ':', ')', '!', '?'));

    [GeneratedRegex(
        @"^[ \t]*(```|~~~).*?^[ \t]*\1[`~]*[ \t]*$|`[^`\n]*`",
        RegexOptions.Singleline | RegexOptions.Multiline
    )]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<![\w@./-])@(?<path>[^\s@`""'<>|*?]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex(
        @"(^|[\\/])([^\\/]+\.(md|mdc|mdx|markdown|txt|rst|adoc)|README|CONTRIBUTING|package\.json)$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase
    )]
    private static partial Regex Document();
}
