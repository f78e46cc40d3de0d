using System.Collections.Immutable;
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

    /// <summary>False where the list is not of what can be asked (Azure lists what could be deployed).</summary>
    public bool ListsModels { get; init; } = true;

    /// <summary>True for servers that take requests without a key.</summary>
    public bool KeyIsOptional { get; init; }

    /// <summary>Set for servers on this machine: how to start them.</summary>
    public string? StartHint { get; init; }

    /// <summary>True for what the user added, or pointed elsewhere.</summary>
    public bool IsCustom { get; init; }

    public string? KeyVariable => KeyVariables.IsEmpty ? null : KeyVariables[0];
}

/// <param name="Id">The provider's own id of the model.</param>
/// <param name="Name">For people; the id when absent.</param>
/// <param name="ContextWindow">Tokens, where known.</param>
internal sealed record ModelEntry(string Id, string? Name = null, int? ContextWindow = null);
