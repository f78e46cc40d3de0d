using System.Net;
using System.Net.Sockets;

namespace Sage.Tools.Web.Guarding;

/// <summary>Tells addresses of the public internet from those that lead into one's own computer or network, or nowhere.</summary>
internal static class AddressRanges
{
    private static readonly (IPNetwork Network, string What)[] NotPublic =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "an address of this computer"),
        (IPNetwork.Parse("10.0.0.0/8"), "a private address"),
        (IPNetwork.Parse("100.64.0.0/10"), "an address of the provider's own network"),
        (IPNetwork.Parse("127.0.0.0/8"), "an address of this computer"),
        (IPNetwork.Parse("168.63.129.16/32"), "a metadata address of a cloud"),
        (IPNetwork.Parse("169.254.0.0/16"), "a link-local or metadata address"),
        (IPNetwork.Parse("172.16.0.0/12"), "a private address"),
        (IPNetwork.Parse("192.0.0.0/24"), "a reserved address"),
        (IPNetwork.Parse("192.0.2.0/24"), "an address for documentation"),
        (IPNetwork.Parse("192.88.99.0/24"), "an address of a tunnel"),
        (IPNetwork.Parse("192.168.0.0/16"), "a private address"),
        (IPNetwork.Parse("198.18.0.0/15"), "a reserved address"),
        (IPNetwork.Parse("198.51.100.0/24"), "an address for documentation"),
        (IPNetwork.Parse("203.0.113.0/24"), "an address for documentation"),
        (IPNetwork.Parse("224.0.0.0/4"), "a multicast address"),
        (IPNetwork.Parse("240.0.0.0/4"), "a reserved address"),
        (IPNetwork.Parse("::/128"), "an address of this computer"),
        (IPNetwork.Parse("::1/128"), "an address of this computer"),
        (IPNetwork.Parse("::/96"), "an IPv4 address in disguise"),
        (IPNetwork.Parse("64:ff9b:1::/48"), "a private address"),
        (IPNetwork.Parse("2001:db8::/32"), "an address for documentation"),
        (IPNetwork.Parse("2001::/23"), "an address of a tunnel, or a reserved one"),
        (IPNetwork.Parse("2002::/16"), "an address of a tunnel"),
        (IPNetwork.Parse("3fff::/20"), "an address for documentation"),
        (IPNetwork.Parse("fc00::/7"), "a private address"),
        (IPNetwork.Parse("fe80::/10"), "a link-local address"),
        (IPNetwork.Parse("fec0::/10"), "a private address"),
        (IPNetwork.Parse("ff00::/8"), "a multicast address"),
    ];

    // All that is given out to the public so far.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    // Where there is no IPv4, names that have nothing else are given with these; the last four bytes are the address.
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <returns>What the address is, for people; null when it is one of the public internet.</returns>
    public static string? NotPublicName(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && Translated.Contains(address))
        {
            return NotPublicName(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        }

        // Networks compare such an address as the one it stands for.
        if (address.IsIPv4MappedToIPv6)
        {
            return "an IPv4 address in disguise";
        }

        foreach (var (network, what) in NotPublic)
        {
            if (network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address))
            {
                return what;
            }
        }

        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => null,
            AddressFamily.InterNetworkV6 when Global.Contains(address) && address.ScopeId == 0 => null,
            _ => "a reserved address",
        };
    }
}
