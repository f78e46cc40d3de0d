namespace Sage.Tools.Search;

/// <summary>Gathers matches from any thread until there are more than anybody wants, and shows the first ones live.</summary>
internal sealed class MatchCollector(Func<FileMatches, ValueTask> onFirst)
{
    /// <summary>Enough to sort and count; more only costs memory.</summary>
    internal const int MostLines = 20_000;

    private readonly Lock _gate = new();
    private readonly List<FileMatches> _files = [];
    private int _lines;

    private readonly SortedDictionary<string, string> _leftOut = new(StringComparer.Ordinal);

    /// <summary>Why what is found in a file is not for the model; null when it is.</summary>
    public Func<string, string?> WhyLeftOut { get; init; } = static _ => null;

    /// <summary>Files with matches that were left out, and why.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> LeftOut
    {
        get
        {
            lock (_gate)
            {
                return [.. _leftOut];
            }
        }
    }

    /// <summary>True when the search was cut short.</summary>
    public bool IsFull { get; private set; }

    /// <summary>In the order of paths, whatever the order of arrival.</summary>
    public IReadOnlyList<FileMatches> Files
    {
        get
        {
            lock (_gate)
            {
                return [.. _files.OrderBy(static file => file.FullPath, StringComparer.Ordinal)];
            }
        }
    }

    /// <returns>False when the search may stop.</returns>
    public async ValueTask<bool> AddAsync(FileMatches file)
    {
        lock (_gate)
        {
            if (IsFull)
            {
                return false;
            }

            if (WhyLeftOut(file.FullPath) is { } why)
            {
                _leftOut[file.FullPath] = why;
                return true;
            }

            _files.Add(file);
            _lines += file.Lines.Count;
            IsFull = _lines >= MostLines;
        }

        await onFirst(file);
        return !IsFull;
    }
}
