using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Sage.Providers.Failures;
using Sage.Providers.Streaming;

namespace Sage.Providers.Catalog;

/// <summary>Asks providers which models they have. An answer is kept for a while; a failure is only an empty list.</summary>
internal sealed class ModelLists(ProviderHttp http, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FreshnessOfFailure = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private sealed record Entry(ImmutableArray<ModelEntry>? Models, DateTimeOffset Until);

    /// <returns>Null when the provider did not answer in time, or not with a list.</returns>
    public async Task<ImmutableArray<ModelEntry>?> GetAsync(
        Provider provider,
        string? key,
        TimeSpan budget,
        CancellationToken cancellationToken
    )
    {
        var id = $"{provider.Id} {provider.BaseUrl}";
        var now = time.GetUtcNow();
        if (_entries.TryGetValue(id, out var entry) && entry.Until > now)
        {
            return entry.Models;
        }
        var models = await AskAsync(provider, key, budget, cancellationToken);
        _entries[id] = new Entry(models, now + (models is null ? FreshnessOfFailure : Freshness));
        return models;
    }

    /// <summary>A model of a list we have, without asking.</summary>
    public ModelEntry? Find(Provider provider, string model) =>
        _entries.TryGetValue($"{provider.Id} {provider.BaseUrl}", out var entry)
            ? entry.Models?.FirstOrDefault(m => m.Id == model)
            : null;

    public void Forget() => _entries.Clear();

    private async Task<ImmutableArray<ModelEntry>?> AskAsync(
        Provider provider,
        string? key,
        TimeSpan budget,
        CancellationToken cancellationToken
    )
    {
        if (!provider.ListsModels)
        {
            return null;
        }

        using var timeout = new CancellationTokenSource(budget, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await ModelListRequest.SendAsync(http, provider, key, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception error)
            when (error is HttpRequestException or IOException or JsonException or UriFormatException
                || IsRefusal(error)
            )
        {
            return null;
        }
    }

    private static bool IsRefusal(Exception error) => error is RefusedException or NotAStreamException;
}
