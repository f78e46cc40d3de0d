using System.Text;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Providers.Streaming;

namespace Sage.Providers.Anthropic;

/// <summary>Maps our history and options to the Messages API: roles alternate, results come first, the cache has its marks.</summary>
internal static class MessagesMapping
{
    private const string User = "user";
    private const string Assistant = "assistant";

    public static MessagesRequest Request(
        IReadOnlyList<ChatMessage> history,
        ChatOptions? options,
        string model,
        ModelTraits traits
    )
    {
        var messages = Messages(history, model);
        MarkForCache(messages);
        var tools = Tools(options);
        return new MessagesRequest(
            model,
            options?.MaxOutputTokens ?? traits.MaxOutput,
            System(history),
            tools,
            tools is not null && options?.ToolMode is NoneChatToolMode ? new ToolChoice("none") : null,
            traits.Thinking switch
            {
                ThinkingKind.Adaptive => new ThinkingSpec("adaptive", null),
                ThinkingKind.AdaptiveHidden => new ThinkingSpec("adaptive", "summarized"),
                _ => null,
            },
            traits.Thinking != ThinkingKind.None && EffortWords.Of(options) is { } effort and not "none"
                ? new OutputSpec(effort)
                : null,
            traits.Thinking == ThinkingKind.None ? options?.Temperature : null,
            messages
        );
    }

    private static List<TextBlock>? System(IReadOnlyList<ChatMessage> history)
    {
        var texts = history
            .Where(m => m.Role == ChatRole.System)
            .SelectMany(m => m.Contents.OfType<TextContent>())
            .Where(t => !string.IsNullOrWhiteSpace(t.Text))
            .Select(t => new TextBlock(t.Text))
            .ToList();
        if (texts.Count == 0)
        {
            return null;
        }
        texts[^1] = texts[^1] with { CacheControl = CacheControl.Ephemeral };
        return texts;
    }

    private static List<ToolSpec>? Tools(ChatOptions? options)
    {
        var tools = (options?.Tools ?? [])
            .OfType<AIFunctionDeclaration>()
            .Select(t => new ToolSpec(t.Name, t.Description, t.JsonSchema))
            .ToList();
        if (tools.Count == 0)
        {
            return null;
        }
        tools[^1] = tools[^1] with { CacheControl = CacheControl.Ephemeral };
        return tools;
    }

    private static List<RequestMessage> Messages(IReadOnlyList<ChatMessage> history, string model)
    {
        var messages = new List<RequestMessage>(history.Count);
        foreach (var message in history)
        {
            if (message.Role == ChatRole.System)
            {
                continue;
            }
            var role = message.Role == ChatRole.Assistant ? Assistant : User;
            var blocks = Blocks(message, model);
            if (blocks.Count == 0)
            {
                continue;
            }
            if (messages is [.., var last] && last.Role == role)
            {
                last.Content.AddRange(blocks);
            }
            else
            {
                messages.Add(new RequestMessage(role, blocks));
            }
        }
        return messages;
    }

    private static List<Block> Blocks(ChatMessage message, string model) =>
        message.Role == ChatRole.Assistant ? ReplyBlocks(message, model)
        : message.Role == ChatRole.Tool ? AnswerBlocks(message)
        : message.Contents.Select(PromptBlock).OfType<Block>().ToList();

    private static Block? PromptBlock(AIContent content) =>
        content switch
        {
            TextContent text when !string.IsNullOrWhiteSpace(text.Text) => new TextBlock(text.Text),
            DataContent data when data.HasTopLevelMediaType("image") => Image(data),
            _ => null,
        };

    private static Block Image(DataContent data) =>
        data.MediaType is "image/png" or "image/jpeg" or "image/gif" or "image/webp"
            ? new ImageBlock(new ImageSource("base64", data.MediaType, Convert.ToBase64String(data.Data.Span)))
            : new TextBlock($"[an image of type {data.MediaType}, which this model cannot read]");

    private static List<Block> AnswerBlocks(ChatMessage message)
    {
        var blocks = new List<Block>();
        List<Block>? result = null;
        foreach (var content in message.Contents)
        {
            if (content is ToolCallAnswer answer)
            {
                var text = string.IsNullOrWhiteSpace(answer.Text) ? "(no output)" : answer.Text;
                result = [new TextBlock(text)];
                var id = CallIds.ForAnthropic(answer.CallId);
                blocks.Add(new ToolResultBlock(id, result, answer.IsError ? true : null));
            }
            else if (PromptBlock(content) is { } block)
            {
                (result ?? blocks).Add(block);
            }
        }
        return blocks;
    }

    private static List<Block> ReplyBlocks(ChatMessage message, string model)
    {
        var blocks = new List<Block>();
        var thinking = new StringBuilder();
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case TextReasoningContent reasoning:
                    thinking.Append(reasoning.Text);
                    if (reasoning.ProtectedData is { } seal)
                    {
                        AddSealed(blocks, seal, thinking.ToString(), model);
                        thinking.Clear();
                    }
                    break;
                case TextContent text when !string.IsNullOrWhiteSpace(text.Text):
                    AddText(blocks, text.Text);
                    break;
                case ToolCallReady call:
                    var input = JsonArguments.AsObject(call.Arguments);
                    blocks.Add(new ToolUseBlock(CallIds.ForAnthropic(call.CallId), call.Name, input));
                    break;
            }
        }
        // A reply may not consist of thinking alone.
        return blocks.TrueForAll(b => b is ThinkingBlock or RedactedThinkingBlock) ? [] : blocks;
    }

    private static void AddSealed(List<Block> blocks, string seal, string thinking, string model)
    {
        if (ReasoningSeal.Open(seal, thinking, model) is { } block)
        {
            blocks.Add(block);
        }
    }

    /// <summary>History may hold a reply's text in pieces.</summary>
    private static void AddText(List<Block> blocks, string text)
    {
        if (blocks is [.., TextBlock last])
        {
            blocks[^1] = new TextBlock(last.Text + text);
        }
        else
        {
            blocks.Add(new TextBlock(text));
        }
    }

    /// <summary>
    /// The end of the conversation is read from the cache next time; the mark one round earlier lets this request find what the
    /// last one wrote, however many results lie between.
    /// </summary>
    private static void MarkForCache(List<RequestMessage> messages)
    {
        foreach (var message in messages.Where(m => m.Role == User).TakeLast(2))
        {
            message.Content[^1] = message.Content[^1] with { CacheControl = CacheControl.Ephemeral };
        }
    }
}
