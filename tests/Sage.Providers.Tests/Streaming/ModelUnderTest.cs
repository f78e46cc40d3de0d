using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Providers.Anthropic;
using Sage.Providers.Failures;
using Sage.Providers.OpenAI;
using Sage.Providers.OpenAI.Responses;
using Sage.Providers.Streaming;
using Sage.TestKit.ScriptedModel;

namespace Sage.Providers.Tests.Streaming;

/// <summary>A real client of any format that talks to a scripted server.</summary>
internal sealed class ModelUnderTest : IAsyncDisposable
{
    public const string Key = "sk-secret-key-1234";

    public static readonly WireFormat[] Formats =
    [
        WireFormat.OpenAIChat,
        WireFormat.OpenAIResponses,
        WireFormat.Anthropic,
    ];

    private readonly ProviderHttp _http;

    private ModelUnderTest(ScriptedModelServer server, ProviderHttp http)
    {
        Server = server;
        _http = http;
    }

    public ScriptedModelServer Server { get; }
    public IChatClient Client { get; private init; } = null!;

    public static async Task<ModelUnderTest> StartAsync(
        WireFormat format,
        TimeProvider? time = null,
        OpenAIDialect dialect = OpenAIDialect.None,
        ModelTraits? traits = null,
        string model = "scripted-model",
        string? baseUrl = null,
        Func<double>? random = null
    )
    {
        var server = await ScriptedModelServer.StartAsync();
        var clock = time ?? TimeProvider.System;
        var http = new ProviderHttp();
        var anthropic = format == WireFormat.Anthropic;
        var endpoint = new Endpoint(
            anthropic ? "anthropic" : "openai",
            anthropic ? "Anthropic" : "OpenAI",
            new Uri(baseUrl ?? (anthropic ? server.Url : server.OpenAIUrl)),
            model,
            Key,
            anthropic ? "ANTHROPIC_API_KEY" : "OPENAI_API_KEY"
        );
        IWire wire = format switch
        {
            WireFormat.Anthropic => new AnthropicWire(endpoint, traits ?? ModelTraits.Unknown, http, clock),
            WireFormat.OpenAIResponses => new ResponsesWire(endpoint, dialect, http, clock),
            _ => new OpenAIChatWire(endpoint, dialect, http, clock),
        };
        var pipeline = Resilience.CreatePipeline(clock, random ?? (() => 0.5));
        return new ModelUnderTest(server, http)
        {
            Client = new StreamingChatClient(wire, endpoint, new(() => pipeline), clock),
        };
    }

    public Task<List<ChatResponseUpdate>> AskAsync(
        string prompt = "hi",
        CancellationToken cancellationToken = default
    ) => AskAsync([new ChatMessage(ChatRole.User, prompt)], null, cancellationToken);

    public async Task<List<ChatResponseUpdate>> AskAsync(
        IEnumerable<ChatMessage> history,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in Client.GetStreamingResponseAsync(history, options, cancellationToken))
        {
            updates.Add(update);
        }
        return updates;
    }

    public async Task<ModelException> FailAsync() => await Assert.ThrowsAsync<ModelException>(() => AskAsync());

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }
}

internal static class Updates
{
    public static IEnumerable<AIContent> Contents(this IEnumerable<ChatResponseUpdate> updates) =>
        updates.SelectMany(u => u.Contents);

    public static string Text(this IEnumerable<ChatResponseUpdate> updates) =>
        string.Concat(updates.Contents().OfType<TextContent>().Select(t => t.Text));

    public static ToolCallReady[] Calls(this IEnumerable<ChatResponseUpdate> updates) =>
        updates.Contents().OfType<ToolCallReady>().ToArray();

    public static ChatFinishReason? Finish(this IEnumerable<ChatResponseUpdate> updates) =>
        updates.Select(u => u.FinishReason).LastOrDefault(f => f is not null);

    public static UsageDetails Usage(this IEnumerable<ChatResponseUpdate> updates) =>
        updates.Contents().OfType<UsageContent>().Single().Details;
}
