using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;

namespace Sage.TestKit.Agents;

/// <summary>A model in memory: each request plays the next scripted reply. Records the messages it was sent.</summary>
public sealed class ScriptedChatClient : IChatClient
{
    private readonly Queue<Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>>> _replies = new();

    /// <summary>The messages of every request, in order.</summary>
    public List<IReadOnlyList<ChatMessage>> Requests { get; } = [];

    /// <summary>The tools that every request offered, in order.</summary>
    public List<IReadOnlyList<AITool>> Offers { get; } = [];

    /// <summary>When the script has run out this answers; by default a plain <c>done</c>.</summary>
    public Func<IReadOnlyList<ChatMessage>, IEnumerable<AIContent>> Fallback { get; set; } =
        _ => [new TextContent("done")];

    /// <summary>Answers before the script does, by what was asked and when the test wants it to; null leaves it to the script.</summary>
    public Func<
        IReadOnlyList<ChatMessage>,
        CancellationToken,
        IAsyncEnumerable<ChatResponseUpdate>?
    >? Answer { get; set; }

    public ScriptedChatClient Reply(params AIContent[] contents) => Reply(contents, finish: null);

    public ScriptedChatClient Reply(IEnumerable<AIContent> contents, ChatFinishReason? finish)
    {
        _replies.Enqueue(token => PlayAsync(contents, finish, token));
        return this;
    }

    /// <summary>A reply under the test's control.</summary>
    public ScriptedChatClient Reply(Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> play)
    {
        _replies.Enqueue(play);
        return this;
    }

    public static ToolCallReady Call(string id, string tool, object? input = null) =>
        new(id, tool, input is null ? "{}" : JsonSerializer.Serialize(input));

    public static ChatResponseUpdate Update(params AIContent[] contents) => new(ChatRole.Assistant, [.. contents]);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var sent = messages.ToList();
        return Take(sent, options, cancellationToken);
    }

    private IAsyncEnumerable<ChatResponseUpdate> Take(
        List<ChatMessage> sent,
        ChatOptions? options,
        CancellationToken cancellationToken
    )
    {
        // Sub-agents ask at the same time.
        lock (_replies)
        {
            Requests.Add(sent);
            Offers.Add([.. options?.Tools ?? []]);
            return Answer?.Invoke(sent, cancellationToken) is { } answer ? answer
                : _replies.TryDequeue(out var play) ? play(cancellationToken)
                : PlayAsync(Fallback(sent), finish: null, cancellationToken);
        }
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException("Sage only streams.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }

    public static async IAsyncEnumerable<ChatResponseUpdate> PlayAsync(
        IEnumerable<AIContent> contents,
        ChatFinishReason? finish,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var calls = false;
        foreach (var content in contents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            calls |= content is ToolCallReady;
            yield return Update(content);
        }

        cancellationToken.ThrowIfCancellationRequested();
        yield return new ChatResponseUpdate(ChatRole.Assistant, [])
        {
            FinishReason = finish ?? (calls ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop),
        };
    }
}
