using System.Collections.Immutable;
using Sage.Protocol.LanguageModels;
using Sage.Providers.Demo;

namespace Sage.Providers.Catalog;

/// <summary>Puts together the list people choose from: what is ready first, then the demo, then what lacks a key.</summary>
internal sealed class ModelListing(ProviderOptions options, ProviderDirectory directory, ApiKeys keys, ModelLists lists)
{
    /// <summary>How long a configured provider may take to list its models.</summary>
    public static TimeSpan Budget { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a server on this machine may take to show that it is there.</summary>
    public static TimeSpan LocalBudget { get; } = TimeSpan.FromMilliseconds(300);

    public async Task<ImmutableArray<ListedProvider>> ReadAsync(CancellationToken cancellationToken)
    {
        var listed = await Task.WhenAll(directory.All.Select(p => ReadAsync(p, cancellationToken)));
        return [.. listed.OfType<ListedProvider>()];
    }

    public ImmutableArray<ModelSummary> Summaries(
        ImmutableArray<ListedProvider> providers,
        ImmutableArray<ModelSummary> editor,
        string selected
    )
    {
        var all = ImmutableArray.CreateBuilder<ModelSummary>();
        all.AddRange(providers.Where(p => p.Hint is null).SelectMany(Summaries));
        all.AddRange(editor);
        all.Add(
            new ModelSummary(
                DemoModel.Id,
                DemoModel.Provider,
                DemoModel.Name,
                Ready: true,
                "Rules, no AI: shows what Sage can do without a key or a network."
            )
        );
        all.AddRange(providers.Where(p => p.Hint is not null).SelectMany(Summaries));
        if (all.All(m => m.Id != selected))
        {
            // A model the user named and the provider did not list.
            var slash = selected.IndexOf('/', StringComparison.Ordinal);
            var provider = providers.FirstOrDefault(p => p.Provider.Id == selected[..slash]);
            all.Insert(
                0,
                new ModelSummary(
                    selected,
                    selected[..slash],
                    selected[(slash + 1)..],
                    Ready: provider?.Hint is null,
                    provider?.Hint
                )
            );
        }
        return all.ToImmutable();
    }

    private async Task<ListedProvider?> ReadAsync(Provider provider, CancellationToken cancellationToken)
    {
        var key = keys.Find(provider, options);
        var isNamed = options.NamedProvider() == provider.Id;
        if (key is null && !provider.KeyIsOptional)
        {
            return new ListedProvider(provider, provider.Models, HintForKey(provider));
        }
        var isSought = Presets.Detected.Contains(provider.Id) && options.LocalDetection == LocalDetection.On;
        if (key is null && !isNamed && !isSought && !provider.IsCustom)
        {
            return null;
        }
        var budget = isSought && !isNamed ? LocalBudget : Budget;
        var own = await lists.GetAsync(provider, key, budget, cancellationToken);
        if (own is null && isSought && !isNamed)
        {
            return null;
        }
        return new ListedProvider(provider, Merge(provider.Models, own ?? []), Hint: null);
    }

    private static string HintForKey(Provider provider) =>
        provider.KeyVariable is { } variable
            ? $"Set a key with “Sage: Set API Key”, or in {variable}"
            : "Set a key with “Sage: Set API Key”";

    private static ImmutableArray<ModelEntry> Merge(ImmutableArray<ModelEntry> known, ImmutableArray<ModelEntry> own) =>
        [.. known, .. own.Where(m => known.All(k => k.Id != m.Id))];

    private IEnumerable<ModelSummary> Summaries(ListedProvider listed) =>
        listed.Models.Select(m => new ModelSummary(
            $"{listed.Provider.Id}/{m.Id}",
            listed.Provider.Id,
            m.Name ?? m.Id,
            listed.Hint is null,
            listed.Hint,
            m.ContextWindow,
            PriceTable.Find(listed.Provider, m, options),
            m.Can?.HasFlag(ModelAbilities.Images),
            m.Can?.HasFlag(ModelAbilities.Thinking)
        ));
}

/// <param name="Provider">Whose models.</param>
/// <param name="Models">In the order to show.</param>
/// <param name="Hint">What is missing before they can be used; null when nothing is.</param>
internal sealed record ListedProvider(Provider Provider, ImmutableArray<ModelEntry> Models, string? Hint);
