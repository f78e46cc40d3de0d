namespace Sage.Tools.Files;

/// <summary>
/// Lets one call at a time read and rewrite a file. The scheduler orders calls by the paths they were given; this holds
/// where two paths lead to one file.
/// </summary>
internal sealed class FileLocks
{
    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1))];

    public async Task<Held> EnterAsync(string realPath, CancellationToken cancellationToken)
    {
        var stripe = _stripes[(uint)StringComparer.OrdinalIgnoreCase.GetHashCode(realPath) % _stripes.Length];
        await stripe.WaitAsync(cancellationToken);
        return new Held(stripe);
    }

    internal readonly struct Held(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
