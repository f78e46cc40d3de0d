namespace Sage.TestKit.ScriptedModel;

/// <summary>The replies still to be given, in order, each perhaps waiting for its cue. Thread-safe.</summary>
internal sealed class ModelScript
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    private sealed record Entry(string? When, bool Repeats, Func<RecordedRequest, ScriptedReply> Reply);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    public void Add(string? when, bool repeats, Func<RecordedRequest, ScriptedReply> reply)
    {
        lock (_lock)
        {
            _entries.Add(new Entry(when, repeats, reply));
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
        }
    }

    /// <summary>The first entry whose cue the request gives; an entry without a cue fits every request.</summary>
    public ScriptedReply? Take(RecordedRequest request)
    {
        Entry? entry;
        lock (_lock)
        {
            entry = _entries.Find(e => e.When is null || IsCue(e.When, request));
            if (entry is { Repeats: false })
            {
                _entries.Remove(entry);
            }
        }
        return entry?.Reply(request);
    }

    private static bool IsCue(string when, RecordedRequest request) =>
        request.LastToolResults.Append(request.LastUserText).Any(t => t.Contains(when, StringComparison.Ordinal));
}
