using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sage.Tools.Web.Guarding;

/// <summary>
/// An address of the web that is written in its one plain form, so that everybody who reads it reads the same: no user, no
/// IP address in disguise, no name in other letters, no trailing dot.
/// </summary>
/// <param name="Uri">As it is asked for.</param>
/// <param name="Host">In lower case, an IPv6 address without its brackets.</param>
/// <param name="Literal">The IP address, when the host is one.</param>
internal sealed record WebAddress(Uri Uri, string Host, IPAddress? Literal)
{
    public const int Longest = 2_000;

    private static readonly string[] Schemes = ["http://", "https://"];

    public int Port => Uri.Port;

    /// <summary>The host, with its port where that is not the usual one: what rules are about.</summary>
    public string Site => Uri.Authority;

    public static bool TryParse(
        string? url,
        [NotNullWhen(true)] out WebAddress? address,
        [NotNullWhen(false)] out string? refusal
    )
    {
        address = null;
        url = url?.Trim() ?? "";
        refusal =
            url.Length is 0 or > Longest ? $"an address has 1 to {Longest:N0} characters"
            : url.Any(static c => c <= ' ' || c == '\u007F') ? "it holds a blank or a control character"
            : null;
        if (refusal is not null)
        {
            return false;
        }

        var scheme = Schemes.FirstOrDefault(known => url.StartsWith(known, StringComparison.OrdinalIgnoreCase));
        if (scheme is null)
        {
            refusal = "only http:// and https:// addresses can be fetched";
            return false;
        }

        var authority = url[scheme.Length..];
        var end = authority.AsSpan().IndexOfAny('/', '?', '#');
        authority = end < 0 ? authority : authority[..end];
        return TrySplit(authority, out var host, out var port, out refusal)
            && TryReadHost(host, out var literal, out refusal)
            && TryAgree(url, host, port, literal, out address, out refusal);
    }

    private static bool TrySplit(
        string authority,
        out string host,
        out int? port,
        [NotNullWhen(false)] out string? refusal
    )
    {
        (host, port) = (authority, null);
        refusal =
            authority.Contains('@', StringComparison.Ordinal) ? "it holds a user name or a password"
            : authority.AsSpan().IndexOfAny('\\', '%') >= 0 ? "its host holds an escaped character or a backslash"
            : null;
        if (refusal is not null)
        {
            return false;
        }

        var colon = authority.IndexOf(
            ':',
            authority.StartsWith('[') ? Math.Max(0, authority.IndexOf(']', StringComparison.Ordinal)) : 0
        );
        if (colon < 0)
        {
            return true;
        }

        host = authority[..colon];
        if (
            int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= 65535
        )
        {
            port = number;
            return true;
        }

        refusal = "its port is not a number from 1 to 65535";
        return false;
    }

    private static bool TryReadHost(string host, out IPAddress? literal, [NotNullWhen(false)] out string? refusal)
    {
        literal = null;
        refusal = null;
        if (host.StartsWith('['))
        {
            var isLiteral =
                host.EndsWith(']')
                && IPAddress.TryParse(host.AsSpan(1, host.Length - 2), out literal)
                && literal.AddressFamily == AddressFamily.InterNetworkV6;
            refusal = isLiteral ? null : "its host is not an IPv6 address";
            return refusal is null;
        }

        if (!IsPlainName(host))
        {
            refusal =
                "its host is not a plain name; names in other letters than a to z are written as xn--…, and none ends in a dot";
            return false;
        }

        if (EndsInNumber(host))
        {
            // Others read 127.1, 0x7f.0.0.1, 0177.0.0.1 and 2130706433 as addresses, too.
            var isCanonical = IPAddress.TryParse(host, out literal) && literal.ToString() == host;
            refusal = isCanonical ? null : "its host is an IP address in an unusual form";
        }

        return refusal is null;
    }

    /// <summary>What asks for the page must mean the host that was looked at.</summary>
    private static bool TryAgree(
        string url,
        string host,
        int? port,
        IPAddress? literal,
        [NotNullWhen(true)] out WebAddress? address,
        [NotNullWhen(false)] out string? refusal
    )
    {
        (address, refusal) = (null, null);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            refusal = "it cannot be read";
            return false;
        }

        var isSame =
            uri.UserInfo.Length == 0
            && (port is null ? uri.IsDefaultPort : uri.Port == port)
            && (
                literal is { AddressFamily: AddressFamily.InterNetworkV6 }
                    ? IPAddress.TryParse(uri.Host, out var read) && read.Equals(literal)
                    : uri.Host.Equals(host, StringComparison.OrdinalIgnoreCase)
            );
        if (!isSame)
        {
            refusal = "its host can be read in two ways";
            return false;
        }

        address = new WebAddress(uri, literal?.ToString() ?? uri.Host, literal);
        return true;
    }

    private static bool IsPlainName(string host) =>
        host.Length is > 0 and <= 253
        && host.Split('.').All(static label => label.Length is > 0 and <= 63 && label.All(IsPlain));

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private static bool EndsInNumber(string host)
    {
        var last = host[(host.LastIndexOf('.') + 1)..];
        return last.All(char.IsAsciiDigit)
            || last.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && last[2..].All(char.IsAsciiHexDigit);
    }
}
