using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Protocol.EditorModels;
using Sage.Providers.Streaming;

namespace Sage.Providers.Editor;

/// <summary>
/// One model of the editor. The extension makes the request and hands over the reply piece by piece: text and whole calls. There
/// is no time limit of ours, because the editor may be waiting for its user's consent.
/// </summary>
/// <param name="editor">Who asks.</param>
/// <param name="model"><c>vendor/id</c>.</param>
/// <param name="name">For people.</param>
internal sealed class EditorChatClient(IEditorModels editor, string model, string name) : StreamedModel
{
    // Enough that the wire and the session overlap; beyond it the editor waits.
    private const int Room = 64;

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var history = messages as IReadOnlyList<ChatMessage> ?? messages.ToArray();
        var usedIds = CallIds.In(history);
        var parts = Channel.CreateBounded<EditorModelPartParams>(Room);
        using var request = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asking = AskAsync(EditorMapping.Request(history, options, model), parts.Writer, request.Token);
        try
        {
            await foreach (var part in parts.Reader.ReadAllAsync(cancellationToken))
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, [.. Contents(part, usedIds)]);
            }

            var result = await asking;
            if (result.InputTokens is not null || result.OutputTokens is not null)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, [Estimate(result)]);
            }

            if (result.Failure is { } failure)
            {
                throw EditorRefusal.Explain(failure, name);
            }
        }
        finally
        {
            // Also when the reader went away in the middle: the editor must not go on for nobody.
            await request.CancelAsync();
            await ((Task)asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<AskEditorModelResult> AskAsync(
        AskEditorModelParams request,
        ChannelWriter<EditorModelPartParams> reply,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await editor.AskAsync(request, reply, cancellationToken);
        }
        finally
        {
            reply.TryComplete();
        }
    }

    private static IEnumerable<AIContent> Contents(EditorModelPartParams part, HashSet<string> usedIds)
    {
        if (part.Text is { Length: > 0 } text)
        {
            yield return new TextContent(text);
        }

        if (part.ToolCall is { } call)
        {
            yield return new ToolCallReady(
                CallIds.Claim(call.CallId, usedIds),
                call.Name,
                EditorMapping.Arguments(call)
            );
        }
    }

    private static UsageContent Estimate(AskEditorModelResult result) =>
        new(
            new UsageDetails
            {
                InputTokenCount = result.InputTokens,
                OutputTokenCount = result.OutputTokens,
                AdditionalCounts = new() { [EstimatedUsage.Mark] = 1 },
            }
        );
}
