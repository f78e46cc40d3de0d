using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Sage.Agent.ToolCalls;

namespace Sage.Agent.Permissions;

/// <summary>
/// The addresses in a text from outside, as short prints: few bytes for a snapshot. Of a page only those of its own host; of search
/// results, whose source is no address, all. What a model says of a page has none: it could have made them up.
/// </summary>
internal static class OutsideLinks
{
    // Of a page with more, the rest is asked about.
    private const int MostLinks = 1_000;

    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n<>\"'`()[]{}|\\^");

    public static ImmutableArray<string> In(string text, string source)
    {
        if (OutsideText.IsModel(source))
        {
            return [];
        }

        var origin =
            Uri.TryCreate(source, UriKind.Absolute, out var page) && page.Host.Length > 0 ? page.Authority : null;
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (
            var at = text.IndexOf("http", StringComparison.Ordinal);
            at >= 0 && found.Count < MostLinks;
            at = text.IndexOf("http", at + 4, StringComparison.Ordinal)
        )
        {
            var rest = text.AsSpan(at);
            var length = rest.IndexOfAny(Ends);
            var link = (length < 0 ? rest : rest[..length]).ToString();
            if (Uri.TryCreate(link, UriKind.Absolute, out var uri) && (origin ?? uri.Authority) == uri.Authority)
            {
                found.Add(Print(link));
            }
        }

        return [.. found];
    }

    /// <summary>The same for every way to write an address, with or without the part behind <c>#</c>.</summary>
    public static string Print(string address)
    {
        var whole = Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? uri.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped)
            : address;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)).AsSpan(0, 12));
    }
}
