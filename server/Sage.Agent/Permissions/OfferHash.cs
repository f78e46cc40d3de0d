using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sage.Protocol.Permissions;

namespace Sage.Agent.Permissions;

/// <summary>Makes offers whose hash changes with everything that is shown of them.</summary>
public static class OfferHash
{
    /// <param name="kind">What it is.</param>
    /// <param name="place">Where it stands; not part of the hash.</param>
    /// <param name="lines">All that is agreed to.</param>
    public static ProjectOffer Offer(string kind, string place, ImmutableArray<string> lines) =>
        new(kind, place, lines, Of(kind, lines));

    /// <summary>Each text with its length before it: no two lists become the same bytes.</summary>
    private static string Of(string kind, ImmutableArray<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines.Prepend(kind))
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.Length}:").Append(line);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(text.ToString())));
    }
}
