namespace Sage.Tools.Web;

/// <summary>The pages that were fetched last, for a quarter of an hour, in memory only.</summary>
internal sealed class PageCache(TimeProvider time)
{
    public const int MostPages = 32;
    public const int MostCharacters = 4_000_000;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Address, WebPage Page, long At)> _pages = [];

    public WebPage? Find(Uri address)
    {
        lock (_gate)
        {
            var key = KeyOf(address);
            var found = _pages.FirstOrDefault(entry => entry.Address == key);
            return found.Page is not null && time.GetElapsedTime(found.At) < Lifetime ? found.Page : null;
        }
    }

    public void Keep(Uri address, WebPage page)
    {
        lock (_gate)
        {
            Remove(KeyOf(address));
            _pages.AddLast((KeyOf(address), page, time.GetTimestamp()));
            while (
                _pages.Count > MostPages || _pages.Sum(static entry => (long)entry.Page.Text.Length) > MostCharacters
            )
            {
                _pages.RemoveFirst();
            }
        }
    }

    private void Remove(string key)
    {
        for (var node = _pages.First; node is not null; node = node.Next)
        {
            if (node.Value.Address == key)
            {
                _pages.Remove(node);
                return;
            }
        }
    }

    private static string KeyOf(Uri address) =>
        address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
}
