using Sage.Agent.Workspaces;

namespace Sage.Tools.Walking;

/// <summary>What one list of patterns says about a path.</summary>
internal enum IgnoreVerdict
{
    Silent,
    Ignored,
    Kept,
}

/// <summary>The patterns of one <c>.gitignore</c> file.</summary>
internal sealed class IgnoreRules
{
    private readonly Rule[] _rules;

    private IgnoreRules(Rule[] rules) => _rules = rules;

    public bool IsEmpty => _rules.Length == 0;

    public static IgnoreRules Parse(string text) =>
        new([.. text.Split('\n').Select(static line => Rule.Parse(line.TrimEnd('\r'))).OfType<Rule>().Reverse()]);

    /// <summary>The rules in a file; empty when there is none or it cannot be read.</summary>
    public static IgnoreRules Read(string path)
    {
        try
        {
            return File.Exists(path) ? Parse(File.ReadAllText(path)) : new IgnoreRules([]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new IgnoreRules([]);
        }
    }

    /// <summary>The last rule that matches decides.</summary>
    /// <param name="path">Relative to the folder of the file, with forward slashes.</param>
    /// <param name="isFolder">Some rules speak of folders only.</param>
    public IgnoreVerdict Judge(ReadOnlySpan<char> path, bool isFolder)
    {
        foreach (var rule in _rules)
        {
            if (rule.IsMatch(path, isFolder))
            {
                return rule.Keeps ? IgnoreVerdict.Kept : IgnoreVerdict.Ignored;
            }
        }

        return IgnoreVerdict.Silent;
    }

    private sealed class Rule
    {
        private readonly string _pattern;
        private readonly Wildcard? _path;
        private readonly bool _foldersOnly;

        private Rule(string pattern, bool keeps, bool foldersOnly)
        {
            Keeps = keeps;
            _foldersOnly = foldersOnly;
            _pattern = pattern;
            _path = pattern.Contains('/', StringComparison.Ordinal) ? Wildcard.Parse(pattern.TrimStart('/')) : null;
        }

        public bool Keeps { get; }

        public static Rule? Parse(string line)
        {
            line = WithoutTrailingSpaces(line);
            if (line.Length == 0 || line[0] == '#')
            {
                return null;
            }

            var keeps = line[0] == '!';
            line = keeps ? line[1..] : line;
            var foldersOnly = line.EndsWith('/');
            line = foldersOnly ? line[..^1] : line;
            return line.Length == 0 ? null : new Rule(line, keeps, foldersOnly);
        }

        public bool IsMatch(ReadOnlySpan<char> path, bool isFolder) =>
            (isFolder || !_foldersOnly)
            && (
                _path is null
                    ? Wildcard.IsNameMatch(_pattern, path[(path.LastIndexOf('/') + 1)..])
                    : _path.IsMatch(path)
            );

        private static string WithoutTrailingSpaces(string line)
        {
            while (line.EndsWith(' ') && !line.EndsWith("\\ ", StringComparison.Ordinal))
            {
                line = line[..^1];
            }

            return line;
        }
    }
}
