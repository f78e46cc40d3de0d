using System.Collections.Concurrent;

namespace Sage.Providers.Catalog;

/// <summary>Finds the key of a provider: handed over, else its own environment variable, else <c>SAGE_API_KEY</c>.</summary>
internal sealed class ApiKeys
{
    private const string General = "SAGE_API_KEY";

    private readonly ConcurrentDictionary<string, string> _handedOver = new(StringComparer.Ordinal);

    public void Set(string provider, string? key)
    {
        if (string.IsNullOrWhiteSpace(key))
        {
            _handedOver.TryRemove(provider, out _);
        }
        else
        {
            _handedOver[provider] = key.Trim();
        }
    }

    /// <param name="provider">Whose key.</param>
    /// <param name="options">Where the environment is read, and which provider the user named.</param>
    public string? Find(Provider provider, ProviderOptions options) => Look(provider, options)?.Key;

    /// <summary>The key with where it was found.</summary>
    public FoundKey? Look(Provider provider, ProviderOptions options)
    {
        if (_handedOver.TryGetValue(provider.KeyOf ?? provider.Id, out var key))
        {
            return new FoundKey(key, FoundKey.Editor);
        }
        foreach (var variable in provider.KeyVariables)
        {
            if (options.Environment(variable) is { } value && !string.IsNullOrWhiteSpace(value))
            {
                return new FoundKey(value.Trim(), variable);
            }
        }
        // The general variable does not say whose key it holds: it is the named provider's, nobody else's.
        return provider.Id == options.NamedProvider() && options.Environment(General) is { Length: > 0 } general
            ? new FoundKey(general.Trim(), General)
            : null;
    }
}

/// <param name="Key">The key.</param>
/// <param name="Source">An environment variable, or <see cref="Editor"/>.</param>
internal sealed record FoundKey(string Key, string Source)
{
    public const string Editor = "editor";

    /// <summary>Without the key: what is written down by accident must not hold it.</summary>
    public override string ToString() => Source;
}

internal static class NamedProviders
{
    /// <summary>The provider the user named, in whichever way.</summary>
    public static string? NamedProvider(this ProviderOptions options) =>
        options.Provider is { Length: > 0 } provider ? provider
        : options.BaseUrl is { Length: > 0 } ? "openai"
        : options.Model is { } model && model.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? model[..slash]
        : null;
}
