using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Polly;
using Sage.Providers.Anthropic;
using Sage.Providers.OpenAI;
using Sage.Providers.OpenAI.Responses;
using Sage.Providers.Streaming;

namespace Sage.Providers.Catalog;

/// <summary>Makes the client of one model. Connections and the retry pipeline are shared and made at the first request.</summary>
internal sealed partial class ModelFactory(ProviderHttp http, TimeProvider time)
{
    private readonly Dictionary<string, Lazy<ResiliencePipeline<ReplyStream>>> _pipelines = [];
    private readonly Lock _lock = new();

    public IChatClient Create(Provider provider, string model, string? key) =>
        Create(provider, model, key, PipelineOf(provider));

    /// <summary>A client that says at once what is wrong: nothing is sent again.</summary>
    public IChatClient CreateProbe(Provider provider, string model, string? key) =>
        Create(provider, model, key, new(ResiliencePipeline<ReplyStream>.Empty));

    private StreamingChatClient Create(
        Provider provider,
        string model,
        string? key,
        Lazy<ResiliencePipeline<ReplyStream>> pipeline
    )
    {
        var endpoint = provider.EndpointOf(model, key);
        IWire wire = provider.Format switch
        {
            EndpointFormat.Anthropic => new AnthropicWire(endpoint, TraitsOf(model), http, time),
            // An imitator at another address may not know all that the vendor's own dialect says.
            EndpointFormat.OpenAIResponses when provider.IsCustom => new ResponsesWire(
                endpoint,
                provider.Dialect & ~OpenAIDialect.OpenAI,
                http,
                time
            ),
            EndpointFormat.OpenAIResponses => new ResponsesWire(endpoint, provider.Dialect, http, time),
            _ => new OpenAIChatWire(endpoint, provider.Dialect, http, time),
        };
        return new StreamingChatClient(wire, endpoint, pipeline, time);
    }

    private Lazy<ResiliencePipeline<ReplyStream>> PipelineOf(Provider provider)
    {
        lock (_lock)
        {
            if (!_pipelines.TryGetValue(provider.Id, out var pipeline))
            {
                pipeline = new(() => Resilience.CreatePipeline(time, Random.Shared.NextDouble));
                _pipelines[provider.Id] = pipeline;
            }
            return pipeline;
        }
    }

    private static ModelTraits TraitsOf(string model) =>
        ThinksHidden().IsMatch(model) ? new ModelTraits(64_000, ThinkingKind.AdaptiveHidden)
        : Thinks().IsMatch(model) ? new ModelTraits(64_000, ThinkingKind.Adaptive)
        : IsClaude3().IsMatch(model) ? new ModelTraits(4_096, ThinkingKind.None)
        : ModelTraits.Unknown;

    [GeneratedRegex(@"^claude-(opus-4-[78]|(opus|sonnet|haiku|fable|mythos)-[5-9])")]
    private static partial Regex ThinksHidden();

    [GeneratedRegex("^claude-(opus|sonnet)-4-6")]
    private static partial Regex Thinks();

    [GeneratedRegex("^claude-3")]
    private static partial Regex IsClaude3();
}
