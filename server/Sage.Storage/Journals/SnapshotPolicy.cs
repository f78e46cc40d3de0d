namespace Sage.Storage.Journals;

/// <summary>
/// Says when a snapshot is worth its room: often enough for a quick opening, and never more than a quarter of the journal in all.
/// </summary>
/// <param name="lastAt">Where the last one stands in the journal; 0 when there is none.</param>
/// <param name="leastBytes">Between two of them.</param>
internal sealed class SnapshotPolicy(long lastAt = 0, long leastBytes = SnapshotPolicy.LeastBytes)
{
    public const long LeastBytes = 4 * 1024 * 1024;
    private long _lastAt = lastAt;
    private long _lastSize;

    public bool IsDue(long length) => length - _lastAt - _lastSize >= Math.Max(leastBytes, 4 * _lastSize);

    public void Taken(long at, long end) => (_lastAt, _lastSize) = (at, end - at);
}
