using System.Collections.Immutable;
using System.Net;

namespace Sage.Tools.Web.Guarding;

/// <summary>Decides where a model may send requests: to public hosts at the usual ports, and where the user said.</summary>
internal static class ReachGuard
{
    private static readonly ImmutableArray<int> UsualPorts = [80, 443, 8080, 8443];

    // Names that mean this computer or this network wherever they are asked for.
    private static readonly ImmutableArray<string> OwnNames =
    [
        "localhost",
        "localdomain",
        "local",
        "internal",
        "intranet",
        "private",
        "corp",
        "home",
        "lan",
        "home.arpa",
        "test",
        "invalid",
        "onion",
    ];

    /// <summary>Looks at what is written; what a name resolves to is for <see cref="RefusalOfResolved"/>.</summary>
    /// <returns>Why it may not be asked; null when it may.</returns>
    public static string? RefusalOf(WebAddress address, ImmutableArray<string> allowed) =>
        IsAllowed(address, allowed) ? null
        : !UsualPorts.Contains(address.Port)
            ? $"port {address.Port} is not one that web pages are at ({string.Join(", ", UsualPorts)})"
        : address.Literal is { } literal
            ? AddressRanges.NotPublicName(literal) is { } what ? $"{address.Host} is {what}"
                : null
        : !address.Host.Contains('.', StringComparison.Ordinal) || OwnNames.Any(name => IsWithin(address.Host, name))
            ? $"{address.Host} is a name of this computer or its network"
        : null;

    /// <summary>One address that is not public is enough: which of them is taken is not ours to say.</summary>
    public static string? RefusalOfResolved(WebAddress address, IReadOnlyList<IPAddress> resolved)
    {
        if (resolved.Count == 0)
        {
            return $"there is no host {address.Host}";
        }

        var wrong = resolved.FirstOrDefault(static found => AddressRanges.NotPublicName(found) is not null);
        return wrong is null ? null : $"{address.Host} leads to {wrong}, {AddressRanges.NotPublicName(wrong)}";
    }

    /// <summary>True when the user has named the host, and its port where that is not the usual one of the scheme.</summary>
    public static bool IsAllowed(WebAddress address, ImmutableArray<string> allowed) =>
        allowed.Any(entry => entry.Trim().Equals(address.Site, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when a list names the host: itself, or with <c>*.</c> those below it.</summary>
    public static bool Names(ImmutableArray<string> hosts, string host) =>
        hosts.Any(entry =>
            entry.Trim() is ['*', '.', .. var above]
                ? host.EndsWith("." + above, StringComparison.OrdinalIgnoreCase)
                : entry.Trim().Equals(host, StringComparison.OrdinalIgnoreCase)
        );

    private static bool IsWithin(string host, string name) =>
        host.Equals(name, StringComparison.OrdinalIgnoreCase)
        || host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase);
}
