using System.Collections.Immutable;
using Sage.Protocol;

namespace Sage.Providers.Catalog;

/// <summary>The providers under the current options: presets, the one the user pointed elsewhere, and those the user added.</summary>
internal sealed class ProviderDirectory
{
    private readonly ImmutableArray<Provider> _providers;

    public ProviderDirectory(ProviderOptions options)
    {
        var redirected = options.BaseUrl is { Length: > 0 } ? options.NamedProvider() : null;
        var presets = Presets.All.Select(p =>
            p.Id != redirected ? Relocate(p, options)
            : p.Id == "azure" ? Redirect(Azure(p, options.BaseUrl, options))
            : Redirect(p with { BaseUrl = options.BaseUrl })
        );
        var added = options.Endpoints.IsDefault ? [] : options.Endpoints.Select(Added).ToArray();
        _providers = [.. added, .. presets.Where(p => Array.TrueForAll(added, a => a.Id != p.Id))];
    }

    /// <summary>In order of preference. The one without an address is left out until it has one.</summary>
    public IEnumerable<Provider> All => _providers.Where(p => p.BaseUrl is not null);

    /// <summary>In order of preference, those among them that still need an address.</summary>
    public IEnumerable<Provider> Known => _providers;

    public Provider? Find(string id) => _providers.FirstOrDefault(p => p.Id == id);

    /// <exception cref="SageException">No such provider, or no address for it.</exception>
    public Provider Get(string id)
    {
        var provider =
            Find(id)
            ?? throw Unknown(
                $"There is no provider “{id}”. Known: {string.Join(", ", _providers.Select(p => p.Id))}, demo."
            );
        if (provider.BaseUrl is null)
        {
            throw Unknown(
                id == "azure"
                    ? "“azure” needs the address of your resource, for example https://NAME.openai.azure.com, as base URL or in AZURE_OPENAI_ENDPOINT."
                    : $"“{id}” needs a base URL: the part before /chat/completions, for example http://127.0.0.1:8000/v1."
            );
        }
        return IsAddress(provider.BaseUrl)
            ? provider
            : throw Unknown($"“{provider.BaseUrl}” is no base URL. It must start with http:// or https://.");
    }

    public static SageException Unknown(string message) => new(ErrorCodes.UnknownModel, message);

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    /// <summary>Some providers' own variables say where they are.</summary>
    private static Provider Relocate(Provider preset, ProviderOptions options) =>
        preset.Id switch
        {
            "ollama" when options.Environment("OLLAMA_HOST") is { Length: > 0 } host => Relocate(preset, host),
            "azure" => Azure(preset, options.Environment("AZURE_OPENAI_ENDPOINT"), options),
            _ => preset,
        };

    /// <summary>A resource has one address, below which the format lives; what it can be asked for are its deployments.</summary>
    private static Provider Azure(Provider preset, string? address, ProviderOptions options) =>
        preset with
        {
            BaseUrl = address is { Length: > 0 } ? AzurePath(address) : null,
            Models = options.Environment("AZURE_OPENAI_DEPLOYMENT") is { Length: > 0 } deployment
                ? [new ModelEntry(deployment)]
                : [],
        };

    private static string AzurePath(string address) =>
        address.Contains("/openai", StringComparison.Ordinal) ? address : $"{address.TrimEnd('/')}/openai/v1";

    /// <summary>Ollama: <c>host</c>, <c>host:port</c> or a whole address.</summary>
    private static Provider Relocate(Provider preset, string host)
    {
        var address = host.Contains("://", StringComparison.Ordinal) ? host : $"http://{host}";
        // 0.0.0.0 is where it listens, not where it is asked.
        return Uri.TryCreate(
            address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal),
            UriKind.Absolute,
            out var uri
        )
            ? preset with
            {
                BaseUrl = new UriBuilder(uri) { Port = HasPort(host) ? uri.Port : 11434, Path = "/v1" }
                    .Uri
                    .AbsoluteUri,
            }
            : preset;
    }

    private static bool HasPort(string host) =>
        host.LastIndexOf(':') is > 0 and var colon && char.IsDigit(host[^1]) && colon > host.LastIndexOf('/');

    /// <summary>A preset pointed at another server, which may be one that needs no key.</summary>
    private static Provider Redirect(Provider preset) =>
        preset with
        {
            IsCustom = true,
            KeyIsOptional =
                preset.KeyIsOptional
                || (Uri.TryCreate(preset.BaseUrl, UriKind.Absolute, out var uri) && uri.IsLoopback),
        };

    private static Provider Added(CustomEndpoint endpoint) =>
        new(
            endpoint.Id,
            endpoint.Name ?? endpoint.Id,
            endpoint.BaseUrl,
            endpoint.KeyVariable is { } variable ? [variable] : [],
            endpoint.Models.IsDefault ? [] : [.. endpoint.Models.Select(m => new ModelEntry(m))]
        )
        {
            Format = endpoint.Format,
            KeyIsOptional = endpoint.KeyVariable is null,
            IsCustom = true,
        };
}
