namespace Sage.Tools.Files;

/// <summary>
/// Lets one call at a time read and rewrite a file. The scheduler orders calls by the paths they were given; this holds
/// where two paths lead to one file.
/// </summary>
internal sealed class FileLocks
{
    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1))];

    /// <summary>Waits for all of these files. Everybody takes them in the same order, so that nobody waits in a circle.</summary>
    public async Task<IDisposable> EnterAsync(IEnumerable<string> realPaths, CancellationToken cancellationToken)
    {
        var held = new Held();
        try
        {
            foreach (var stripe in realPaths.Select(StripeOf).Distinct().Order())
            {
                await _stripes[stripe].WaitAsync(cancellationToken);
                held.Add(_stripes[stripe]);
            }

            return held;
        }
        catch (OperationCanceledException)
        {
            held.Dispose();
            throw;
        }
    }

    private int StripeOf(string realPath) =>
        (int)((uint)StringComparer.OrdinalIgnoreCase.GetHashCode(realPath) % _stripes.Length);

    private sealed class Held : IDisposable
    {
        private readonly List<SemaphoreSlim> _stripes = [];

        public void Add(SemaphoreSlim stripe) => _stripes.Add(stripe);

        public void Dispose() => _stripes.ForEach(static stripe => stripe.Release());
    }
}
