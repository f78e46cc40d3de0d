using System.Collections.Immutable;
using Sage.Protocol.LanguageModels;
using Sage.Providers.Failures;
using Sage.Providers.OpenAI;

namespace Sage.Providers.Catalog;

/// <summary>A model provider as it is configured.</summary>
/// <param name="Id">The first part of its models' ids.</param>
/// <param name="Name">For people.</param>
/// <param name="BaseUrl">Null when the user has to give one.</param>
/// <param name="KeyVariables">Environment variables that may hold its key; the first is the one we tell people about.</param>
internal sealed record Provider(
    string Id,
    string Name,
    string? BaseUrl,
    ImmutableArray<string> KeyVariables,
    ImmutableArray<ModelEntry> Models
)
{
    public EndpointFormat Format { get; init; } = EndpointFormat.OpenAI;
    public OpenAIDialect Dialect { get; init; }

    /// <summary>The provider whose key it uses; its own id when null.</summary>
    public string? KeyOf { get; init; }

    /// <summary>The provider's model for small work; null when none is known to be cheap.</summary>
    public string? SmallModel { get; init; }

    /// <summary>False where the list is not of what can be asked (Azure lists what could be deployed).</summary>
    public bool ListsModels { get; init; } = true;

    /// <summary>True for servers that take requests without a key.</summary>
    public bool KeyIsOptional { get; init; }

    /// <summary>Set for servers on this machine: how to start them.</summary>
    public string? StartHint { get; init; }

    /// <summary>True for what the user added, or pointed elsewhere.</summary>
    public bool IsCustom { get; init; }

    /// <summary>True for servers that run the model on this machine.</summary>
    public bool IsLocal =>
        StartHint is not null && Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) && address.IsLoopback;

    /// <summary>True where the list of models is given to anybody, whatever the key.</summary>
    public bool ListsForAnybody { get; init; }

    public string? KeyVariable => KeyVariables.IsEmpty ? null : KeyVariables[0];

    /// <summary>Whom a request for this model goes to.</summary>
    public Endpoint EndpointOf(string model, string? key) =>
        new(Id, Name, new Uri(BaseUrl!), model, key, KeyVariable, KeyIsOptional, StartHint);
}

/// <param name="Id">The provider's own id of the model.</param>
/// <param name="Name">For people; the id when absent.</param>
/// <param name="ContextWindow">Tokens, where known.</param>
/// <param name="Price">As the provider lists it, where it does.</param>
/// <param name="Can">What it can do, where known.</param>
internal sealed record ModelEntry(
    string Id,
    string? Name = null,
    int? ContextWindow = null,
    ModelPrice? Price = null,
    ModelAbilities? Can = null
);

/// <summary>What a model can do beside reading and writing text.</summary>
[Flags]
internal enum ModelAbilities
{
    None = 0,
    Images = 1,
    Thinking = 2,
}
