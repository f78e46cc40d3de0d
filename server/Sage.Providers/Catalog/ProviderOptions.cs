using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Sage.Protocol.LanguageModels;

namespace Sage.Providers.Catalog;

/// <summary>What the user configured about models: the command line, or the editor's settings.</summary>
public sealed record ProviderOptions
{
    /// <summary>A provider's id, chosen by the user; null lets Sage choose.</summary>
    public string? Provider { get; init; }

    /// <summary>Replaces the base URL of <see cref="Provider"/> (of <c>openai</c> when none is named).</summary>
    public string? BaseUrl { get; init; }

    /// <summary>A model of <see cref="Provider"/>, or a whole id <c>provider/model</c>.</summary>
    public string? Model { get; init; }

    /// <summary>Endpoints the user added.</summary>
    public ImmutableArray<CustomEndpoint> Endpoints { get; init; } = [];

    /// <summary>A model for small work, as a whole id or one of <see cref="Provider"/>; null leaves it to Sage.</summary>
    public string? SmallModel { get; init; }

    /// <summary>Whole ids of the models that stand in for one that does not answer, in order.</summary>
    public ImmutableArray<string> FallbackModels { get; init; } = [];

    /// <summary>How much models are to think; their own default when null.</summary>
    public ReasoningEffort? Effort { get; init; }

    /// <summary>What models cost, by whole id, or by its beginning and <c>*</c>; comes before what Sage knows.</summary>
    public ImmutableDictionary<string, ModelPrice> Prices { get; init; } =
        ImmutableDictionary<string, ModelPrice>.Empty;

    /// <summary>Whether to look for Ollama and LM Studio on this machine.</summary>
    public LocalDetection LocalDetection { get; init; } = LocalDetection.On;

    /// <summary>Reads environment variables; keys come from there.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}

/// <summary>Whether local model servers are looked for.</summary>
public enum LocalDetection
{
    On,
    Off,
}

/// <summary>A model server the user added.</summary>
/// <param name="Id">The provider part of its models' ids; no slash.</param>
/// <param name="BaseUrl">Before <c>/chat/completions</c> or <c>/responses</c>, or before <c>/v1/messages</c>.</param>
/// <param name="Format">Which wire format it speaks.</param>
/// <param name="Models">The models to offer; its own list is asked for too.</param>
/// <param name="Name">For people; the id when absent.</param>
/// <param name="KeyVariable">The environment variable that holds its key.</param>
public sealed record CustomEndpoint(
    string Id,
    string BaseUrl,
    EndpointFormat Format = EndpointFormat.OpenAI,
    ImmutableArray<string> Models = default,
    string? Name = null,
    string? KeyVariable = null
);

/// <summary>The wire formats there are.</summary>
public enum EndpointFormat
{
    /// <summary>OpenAI Chat Completions.</summary>
    OpenAI,

    /// <summary>OpenAI Responses.</summary>
    OpenAIResponses,

    /// <summary>Anthropic Messages.</summary>
    Anthropic,
}

/// <summary>Lets the server change the options while it runs, when the editor's settings change.</summary>
public interface IProviderSettings
{
    void Apply(ProviderOptions options);
}
