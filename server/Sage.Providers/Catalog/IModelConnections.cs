using System.Collections.Immutable;
using Sage.Protocol.LanguageModels;

namespace Sage.Providers.Catalog;

/// <summary>Lets a user connect a model step by step, and see whether it answers, before anything is configured.</summary>
public interface IModelConnections
{
    /// <summary>Whom a user can connect, with what each needs.</summary>
    ImmutableArray<ProviderSummary> Providers();

    /// <summary>Asks once, and says what came of it; changes nothing. Never throws for what the provider does.</summary>
    Task<TestModelResult> TestAsync(TestModelParams request, CancellationToken cancellationToken);

    /// <summary>Where requests for this model go under the present configuration; null for the demo.</summary>
    /// <param name="modelId"><c>provider/model</c>.</param>
    ModelConnection? Describe(string modelId);
}

/// <summary>Where requests for a model go.</summary>
/// <param name="Provider">The provider's id.</param>
/// <param name="Name">The provider's name, for people.</param>
/// <param name="BaseUrl">Its address.</param>
/// <param name="Model">The provider's own id of the model.</param>
/// <param name="KeyFrom">An environment variable, or <c>editor</c>; null when there is no key.</param>
/// <param name="KeyNeed">Whether one is wanted.</param>
public sealed record ModelConnection(
    string Provider,
    string Name,
    string BaseUrl,
    string Model,
    string? KeyFrom,
    KeyNeed KeyNeed
);
