using System.Collections.Immutable;

namespace Sage.Tools.Editing.Patching;

/// <param name="First">0-based line.</param>
/// <param name="Count">How many lines.</param>
/// <param name="Shift">How the file indents them otherwise than the patch.</param>
internal readonly record struct LinePlace(int First, int Count, IndentShift? Shift)
{
    public int End => First + Count;
}

/// <summary>The lines of a text, and what shall stand in the place of some of them.</summary>
internal sealed class PatchedText
{
    // Every line is looked for with an ending. Whether the last one has it is the file's own affair, and stays.
    private readonly string _terminated;
    private readonly bool _endsWithLineEnd;
    private readonly SortedList<(int First, int Order), (int Count, ImmutableArray<string> Lines)> _changes = [];

    /// <param name="text">With LF.</param>
    public PatchedText(string text)
    {
        // What is added to an empty text ends its last line, as everywhere.
        _endsWithLineEnd = text.Length == 0 || text.EndsWith('\n');
        _terminated = _endsWithLineEnd ? text : text + "\n";
        Lines = _terminated.Length == 0 ? [] : _terminated[..^1].Split('\n');
    }

    public string[] Lines { get; }

    /// <summary>The first line behind the last change.</summary>
    public int Cursor { get; private set; }

    /// <summary>The least strict level that any change needed.</summary>
    public MatchLevel Loosest { get; private set; }

    /// <summary>The places these lines can mean, at the strictest level that finds any; of several, those below the anchor.</summary>
    public (MatchLevel Level, IReadOnlyList<LinePlace> Places) Find(
        ImmutableArray<string> wanted,
        AnchorScope scope,
        PatchPlace place
    )
    {
        var (level, places) = FindFrom(scope.From, wanted);
        if (places.Count == 0 && scope.From > 0)
        {
            (level, places) = FindFrom(0, wanted);
        }

        var meant =
            place == PatchPlace.EndOfFile && places.Where(found => found.End == Lines.Length).ToArray() is [var last]
                ? [last]
            : places.Count > 1 && places.Where(scope.Covers).ToArray() is [var below] ? [below]
            : (IReadOnlyList<LinePlace>)places;
        // Lines that are indented unevenly count against the others, but cannot be meant themselves.
        return level == MatchLevel.Indentation && meant is [{ Shift: null }] ? (level, []) : (level, meant);
    }

    public void Insert(int line, ImmutableArray<string> added) => Add(new LinePlace(line, 0, null), added);

    /// <summary>False when an earlier change is in the way.</summary>
    public bool TryReplace(LinePlace place, PatchHunk hunk, MatchLevel level)
    {
        if (_changes.Any(change => change.Key.First < place.End && change.Key.First + change.Value.Count > place.First))
        {
            return false;
        }

        var found = Terminated(Lines[place.First..place.End]);
        var (wanted, replacement) = (Terminated(hunk.Old), Terminated(hunk.New));
        ImmutableArray<string> lines = hunk.New.IsEmpty
            ? []
            : [.. Replacement.Of(found, wanted, replacement, level, place.Shift ?? default)[..^1].Split('\n')];
        Loosest = (MatchLevel)Math.Max((int)Loosest, (int)level);
        Add(place, lines);
        return true;
    }

    /// <summary>The text with all changes.</summary>
    public override string ToString()
    {
        List<string> lines = [];
        var line = 0;
        foreach (var ((first, _), (count, changed)) in _changes)
        {
            lines.AddRange(Lines[line..first]);
            lines.AddRange(changed);
            line = first + count;
        }

        lines.AddRange(Lines[line..]);
        // The line before keeps its ending when an open last line goes.
        var lastIsGone = _changes.Count > 0 && _changes.Values[^1].Lines.IsEmpty && line == Lines.Length;
        return lines.Count == 0 ? "" : string.Join('\n', lines) + (_endsWithLineEnd || lastIsGone ? "\n" : "");
    }

    private static string Terminated(IEnumerable<string> lines) =>
        string.Concat(lines.Select(static line => line + "\n"));

    private void Add(LinePlace place, ImmutableArray<string> lines)
    {
        _changes.Add((place.First, _changes.Count), (place.Count, lines));
        Cursor = place.End;
    }

    private (MatchLevel Level, List<LinePlace> Places) FindFrom(int line, ImmutableArray<string> wanted)
    {
        var text = _terminated[Lines.Take(line).Sum(static before => before.Length + 1)..];
        var (level, matches) = TextMatcher.FindLines(text, Terminated(wanted));
        return (
            level,
            [
                .. matches.Select(match => new LinePlace(
                    line + EditScript.LineOf(text, match.Start) - 1,
                    wanted.Length,
                    match.Shift
                )),
            ]
        );
    }
}
