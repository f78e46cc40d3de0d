using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Providers.Demo.WithoutTools;
using Sage.Providers.Streaming;

namespace Sage.Providers.Demo;

/// <summary>
/// The offline model: rules, no AI. It keeps nothing between requests: each time it reads the whole history, decides the next
/// step, and streams it like a real model.
/// </summary>
/// <param name="time">For the pauses.</param>
/// <param name="pause">Between two pieces; zero in tests.</param>
internal sealed class DemoModel(TimeProvider time, TimeSpan pause) : StreamedModel
{
    public const string Provider = "demo";
    public const string Id = "demo/demo";
    public const string Name = "Offline demo (no AI)";

    /// <summary>Long enough to see the text grow, too short to wait for.</summary>
    public static TimeSpan NaturalPause { get; } = TimeSpan.FromMilliseconds(4);

    private const int PieceLength = 14;

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var history = messages as IReadOnlyList<ChatMessage> ?? messages.ToArray();
        var step = Decide(history, options);
        foreach (var piece in Pieces(step.Text))
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, piece);
            await PauseAsync(cancellationToken);
        }
        foreach (var (number, call) in step.Calls.Index())
        {
            // The history only grows, so its length makes the id unique in the session.
            var id = $"demo_{history.Count}_{number + 1}";
            foreach (var piece in Pieces(call.Arguments))
            {
                yield return Update(new ToolCallDelta(id, call.Name, piece));
                await PauseAsync(cancellationToken);
            }
            yield return Update(new ToolCallReady(id, call.Name, call.Arguments));
        }
        yield return new ChatResponseUpdate
        {
            Role = ChatRole.Assistant,
            FinishReason = step.Calls.IsEmpty ? ChatFinishReason.Stop : ChatFinishReason.ToolCalls,
        };
    }

    private static DemoStep Decide(IReadOnlyList<ChatMessage> history, ChatOptions? options) =>
        options?.Tools is { Count: > 0 }
            ? DemoRules.Next(DemoTurn.Read(history, options))
            : new DemoStep(InlineRewrite.Answer(history));

    private static ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]);

    private async ValueTask PauseAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>Cuts after whole code points.</summary>
    private static IEnumerable<string> Pieces(string text)
    {
        for (var start = 0; start < text.Length; )
        {
            var end = Math.Min(text.Length, start + PieceLength);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
            {
                end++;
            }
            yield return text[start..end];
            start = end;
        }
    }
}
