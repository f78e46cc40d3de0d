using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sage.Agent.LanguageModels;
using Sage.Protocol.LanguageModels;
using Sage.Providers.Demo;
using Sage.Providers.Editor;
using Sage.Providers.Streaming;

namespace Sage.Providers.Catalog;

/// <summary>
/// The models that can answer. The chosen one is: what the user named, else the first provider with a key, else a model server
/// on this machine, else the demo.
/// </summary>
internal sealed class ModelCatalog : ILanguageModels, IProviderSettings, IDisposable
{
    private readonly ProviderHttp _http = new();
    private readonly ApiKeys _keys = new();
    private readonly ConcurrentDictionary<string, LanguageModel> _models = new(StringComparer.Ordinal);
    private readonly ModelFactory _factory;
    private readonly ModelLists _lists;
    private readonly TimeProvider _time;
    private readonly EditorCatalog _editor;
    private volatile Configuration _configuration;
    private volatile string? _selected;

    /// <summary>The options, and what follows from them once somebody asks.</summary>
    private sealed class Configuration(ProviderOptions options)
    {
        private readonly Lazy<ProviderDirectory> _directory = new(() => new ProviderDirectory(options));

        public ProviderOptions Options { get; } = options;
        public ProviderDirectory Directory => _directory.Value;
    }

    public ModelCatalog(ProviderOptions options, TimeProvider time, IEditorModels? editor = null)
    {
        _time = time;
        _editor = new EditorCatalog(editor);
        _configuration = new Configuration(options);
        _factory = new ModelFactory(_http, time);
        _lists = new ModelLists(_http, time);
    }

    /// <summary>What is configured now.</summary>
    public ProviderOptions Options => _configuration.Options;

    public ApiKeys Keys => _keys;

    public ProviderHttp Http => _http;

    public ModelFactory Factory => _factory;

    public void Apply(ProviderOptions options)
    {
        _configuration = new Configuration(options);
        _lists.Forget();
        _models.Clear();
    }

    public void SetKey(string provider, string? key)
    {
        _keys.Set(Presets.KeyOwnerOf(provider), key);
        _lists.Forget();
        _models.Clear();
    }

    public void Select(string id)
    {
        var configuration = _configuration;
        var (provider, _) = Parse(id, configuration);
        if (provider is not (DemoModel.Provider or EditorCatalog.Provider))
        {
            configuration.Directory.Get(provider);
        }
        _selected = id;
    }

    public async Task<ListModelsResult> ListAsync(CancellationToken cancellationToken)
    {
        var configuration = _configuration;
        var listing = new ModelListing(configuration.Options, configuration.Directory, _keys, _lists);
        var editor = _editor.ListAsync(cancellationToken);
        var providers = await listing.ReadAsync(cancellationToken);
        var selected = _selected ?? await ChooseAsync(configuration, cancellationToken);
        return new ListModelsResult(listing.Summaries(providers, await editor, selected), selected);
    }

    public async Task<LanguageModel> ResolveAsync(string? id, CancellationToken cancellationToken)
    {
        var configuration = _configuration;
        var wanted = id ?? _selected ?? await ChooseAsync(configuration, cancellationToken);
        var (providerId, model) = Parse(wanted, configuration);
        if (providerId == DemoModel.Provider)
        {
            return _models.GetOrAdd(
                DemoModel.Id,
                _ => new LanguageModel(
                    DemoModel.Id,
                    DemoModel.Name,
                    new DemoModel(_time, DemoModel.NaturalPause),
                    Price: ModelPrice.Free
                )
            );
        }
        if (providerId == EditorCatalog.Provider)
        {
            return await _editor.ResolveAsync(model, cancellationToken);
        }
        var provider = configuration.Directory.Get(providerId);
        model = model.Length > 0 ? model : await DefaultModelAsync(provider, configuration, cancellationToken);
        return _models.GetOrAdd($"{provider.Id}/{model}", full => Create(full, provider, model, configuration));
    }

    public ImmutableArray<string> Fallbacks => _configuration.Options.FallbackModels;

    public async Task<LanguageModel?> ResolveSmallAsync(LanguageModel beside, CancellationToken cancellationToken)
    {
        var configuration = _configuration;
        var (provider, _) = Parse(beside.Id, configuration);
        // One that the user pointed elsewhere may not have it.
        var own = configuration.Directory.Find(provider) is { IsCustom: false, SmallModel: { } model }
            ? $"{provider}/{model}"
            : null;
        var small = (configuration.Options.SmallModel ?? own) is { } wanted
            ? await ResolveAsync(wanted, cancellationToken)
            : null;
        return small is null || small.Id == beside.Id ? null : small;
    }

    public void Dispose() => _http.Dispose();

    private LanguageModel Create(string id, Provider provider, string model, Configuration configuration)
    {
        var options = configuration.Options;
        var listed = _lists.Find(provider, model);
        var known = provider.Models.FirstOrDefault(m => m.Id == model) ?? listed ?? new ModelEntry(model);
        var client = _factory.Create(provider, model, _keys.Find(provider, options));
        var price = PriceTable.Find(provider, known with { Price = known.Price ?? listed?.Price }, options);
        return new LanguageModel(id, known.Name ?? model, client, known.ContextWindow, price, options.Effort);
    }

    /// <summary>The model nobody has chosen by hand.</summary>
    private async Task<string> ChooseAsync(Configuration configuration, CancellationToken cancellationToken)
    {
        var options = configuration.Options;
        // Picked in the editor: it stays picked, whatever provider the settings name for other models.
        if (options.Model is { } picked && picked.StartsWith(EditorCatalog.Provider + "/", StringComparison.Ordinal))
        {
            return picked;
        }
        if (options.NamedProvider() is { } named)
        {
            return await NamedAsync(named, configuration, cancellationToken);
        }
        if (options.Model is { Length: > 0 } bare)
        {
            throw ProviderDirectory.Unknown(
                $"“{bare}” does not say whose model it is. Write provider/model, or name the provider."
            );
        }
        foreach (var provider in configuration.Directory.All)
        {
            if (_keys.Find(provider, options) is not null)
            {
                return $"{provider.Id}/{await DefaultModelAsync(provider, configuration, cancellationToken)}";
            }
        }
        return await DetectAsync(configuration, cancellationToken) ?? DemoModel.Id;
    }

    private async Task<string> NamedAsync(
        string named,
        Configuration configuration,
        CancellationToken cancellationToken
    )
    {
        if (named == DemoModel.Provider)
        {
            return DemoModel.Id;
        }
        if (named == EditorCatalog.Provider)
        {
            return await _editor.NamedAsync(configuration.Options.Model, cancellationToken);
        }
        var provider = configuration.Directory.Get(named);
        if (configuration.Options.Model is not { Length: > 0 } model)
        {
            return $"{named}/{await DefaultModelAsync(provider, configuration, cancellationToken)}";
        }
        return model.StartsWith(named + "/", StringComparison.Ordinal) ? model : $"{named}/{model}";
    }

    private async Task<string?> DetectAsync(Configuration configuration, CancellationToken cancellationToken)
    {
        if (configuration.Options.LocalDetection == LocalDetection.Off)
        {
            return null;
        }
        var asked = Presets
            .Detected.Select(id => configuration.Directory.Find(id)!)
            .Select(async p =>
                (p.Id, Models: await _lists.GetAsync(p, null, ModelListing.LocalBudget, cancellationToken))
            );
        var found = Array.Find(await Task.WhenAll(asked), local => local.Models is { IsEmpty: false });
        return found.Models is { } models ? $"{found.Id}/{models[0].Id}" : null;
    }

    private async Task<string> DefaultModelAsync(
        Provider provider,
        Configuration configuration,
        CancellationToken cancellationToken
    )
    {
        if (provider.Models is [var first, ..])
        {
            return first.Id;
        }
        var key = _keys.Find(provider, configuration.Options);
        var listed = await _lists.GetAsync(provider, key, ModelListing.Budget, cancellationToken);
        return listed is [var model, ..]
            ? model.Id
            : throw ProviderDirectory.Unknown(
                $"{provider.Name} at {provider.BaseUrl} does not list its models. Name one: {provider.Id}/MODEL. {provider.StartHint}".TrimEnd()
            );
    }

    private static (string Provider, string Model) Parse(string id, Configuration configuration)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? id : id[..slash];
        if (first is DemoModel.Provider or EditorCatalog.Provider || configuration.Directory.Find(first) is not null)
        {
            return (first, slash < 0 ? "" : id[(slash + 1)..]);
        }
        return configuration.Options.NamedProvider() is { } named && named != first
            ? (named, id)
            : throw ProviderDirectory.Unknown(
                $"There is no model “{id}”. Write provider/model, for example {DemoModel.Id}, or choose one from the model picker."
            );
    }
}
