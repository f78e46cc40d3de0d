using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using Sage.Agent.LanguageModels;
using Sage.Providers.Streaming;
using OpenAIMessage = OpenAI.Chat.ChatMessage;

namespace Sage.Providers.OpenAI;

/// <summary>Maps our history and options to the OpenAI SDK's request types.</summary>
/// <remarks>
/// Directly, not through the Microsoft.Extensions.AI adapter: that one knows neither our tool calls nor images in tool results, and
/// its streaming costs twice the CPU of the SDK's.
/// </remarks>
internal static partial class OpenAIChatRequest
{
    /// <summary>The <see cref="TextReasoningContent.ProtectedData"/> of reasoning that goes back in <c>reasoning_content</c>.</summary>
    public const string ReasoningMark = "reasoning_content";

    public static List<OpenAIMessage> Messages(
        IReadOnlyList<Microsoft.Extensions.AI.ChatMessage> history,
        OpenAIDialect dialect
    )
    {
        var messages = new List<OpenAIMessage>(history.Count);
        var images = new List<ChatMessageContentPart>();
        foreach (var message in history)
        {
            if (message.Role == ChatRole.Tool)
            {
                AddAnswers(message, messages, images, dialect);
                continue;
            }
            AddImages(messages, images);
            Add(message, messages, dialect);
        }
        AddImages(messages, images);
        return messages;
    }

    public static ChatCompletionOptions Options(ChatOptions? options, string model, OpenAIDialect dialect)
    {
        var mapped = new ChatCompletionOptions { Temperature = options?.Temperature, TopP = options?.TopP };
        foreach (var tool in (options?.Tools ?? []).OfType<AIFunctionDeclaration>())
        {
            var schema = BinaryData.FromString(tool.JsonSchema.GetRawText());
            mapped.Tools.Add(ChatTool.CreateFunctionTool(tool.Name, tool.Description, schema));
        }
        if (mapped.Tools.Count > 0 && options?.ToolMode is NoneChatToolMode)
        {
            mapped.ToolChoice = ChatToolChoice.CreateNoneChoice();
        }
        if (dialect.HasFlag(OpenAIDialect.Mistral))
        {
            mapped.Patch.Remove("$.stream_options"u8);
            if (options?.MaxOutputTokens is { } max)
            {
                mapped.Patch.Set("$.max_tokens"u8, max);
            }
        }
        else
        {
            mapped.MaxOutputTokenCount = options?.MaxOutputTokens;
        }
        if (
            dialect.HasFlag(OpenAIDialect.OpenAI)
            && mapped.Tools.Count > 0
            && RefusesToolsWithReasoning().IsMatch(model)
        )
        {
            mapped.ReasoningEffortLevel = new ChatReasoningEffortLevel("none");
        }
        else if (EffortWords.Of(options) is { } effort && TakesEffort(model, dialect))
        {
            mapped.ReasoningEffortLevel = new ChatReasoningEffortLevel(effort);
        }
        return mapped;
    }

    /// <summary>OpenAI refuses the field for models that do not reason; of other vendors the user knows better than we do.</summary>
    private static bool TakesEffort(string model, OpenAIDialect dialect) =>
        dialect.HasFlag(OpenAIDialect.OpenAI)
            ? Responses.ResponsesMapping.Reasons().IsMatch(model)
            : !dialect.HasFlag(OpenAIDialect.Mistral);

    private static void Add(
        Microsoft.Extensions.AI.ChatMessage message,
        List<OpenAIMessage> messages,
        OpenAIDialect dialect
    )
    {
        if (message.Role == ChatRole.Assistant)
        {
            AddReply(message, messages, dialect);
        }
        else if (message.Role == ChatRole.System)
        {
            if (TextOf(message) is { Length: > 0 } text)
            {
                messages.Add(new SystemChatMessage(text));
            }
        }
        else
        {
            AddPrompt(message, messages);
        }
    }

    private static void AddPrompt(Microsoft.Extensions.AI.ChatMessage message, List<OpenAIMessage> messages)
    {
        var parts = message.Contents.Select(Part).OfType<ChatMessageContentPart>().ToArray();
        if (parts.Length == 0)
        {
            return;
        }
        // Plain text goes as a string: small servers' templates know nothing else.
        messages.Add(
            parts.All(p => p.Kind == ChatMessageContentPartKind.Text)
                ? new UserChatMessage(string.Join("\n\n", parts.Select(p => p.Text)))
                : new UserChatMessage(parts)
        );
    }

    private static void AddReply(
        Microsoft.Extensions.AI.ChatMessage message,
        List<OpenAIMessage> messages,
        OpenAIDialect dialect
    )
    {
        var text = TextOf(message);
        var calls = message.Contents.OfType<ToolCallReady>().Select(c => Call(c, message, dialect)).ToArray();
        if (text.Length == 0 && calls.Length == 0)
        {
            return;
        }
        var reply = calls.Length > 0 ? new AssistantChatMessage(calls) : new AssistantChatMessage(text);
        if (calls.Length > 0 && text.Length > 0)
        {
            reply.Content.Add(ChatMessageContentPart.CreateTextPart(text));
        }
        if (dialect.HasFlag(OpenAIDialect.KeepsReasoning) && ReasoningOf(message) is { Length: > 0 } reasoning)
        {
            reply.Patch.Set("$.reasoning_content"u8, reasoning);
        }
        messages.Add(reply);
    }

    private static ChatToolCall Call(
        ToolCallReady call,
        Microsoft.Extensions.AI.ChatMessage message,
        OpenAIDialect dialect
    )
    {
        var arguments = BinaryData.FromString(JsonArguments.AsObject(call.Arguments).GetRawText());
        var mapped = ChatToolCall.CreateFunctionToolCall(Id(call.CallId, dialect), call.Name, arguments);
        if (dialect.HasFlag(OpenAIDialect.SignsCalls))
        {
            var signature = CallSignature.Find(message, call.CallId) ?? CallSignature.Placeholder;
            mapped.Patch.Set("$.extra_content"u8, BinaryData.FromString(signature));
        }
        return mapped;
    }

    private static void AddAnswers(
        Microsoft.Extensions.AI.ChatMessage message,
        List<OpenAIMessage> messages,
        List<ChatMessageContentPart> images,
        OpenAIDialect dialect
    )
    {
        foreach (var content in message.Contents)
        {
            if (content is ToolCallAnswer answer)
            {
                var text = answer.Text.Length > 0 ? answer.Text : "(no output)";
                messages.Add(new ToolChatMessage(Id(answer.CallId, dialect), text));
            }
            else if (content is DataContent && Part(content) is { } image)
            {
                images.Add(image);
            }
        }
    }

    /// <summary>The format has no images in tool results: they follow as a message of their own.</summary>
    private static void AddImages(List<OpenAIMessage> messages, List<ChatMessageContentPart> images)
    {
        if (images.Count > 0)
        {
            images.Insert(0, ChatMessageContentPart.CreateTextPart("Images from the tool results above:"));
            messages.Add(new UserChatMessage(images.ToArray()));
            images.Clear();
        }
    }

    private static ChatMessageContentPart? Part(AIContent content) =>
        content switch
        {
            TextContent { Text.Length: > 0 } text => ChatMessageContentPart.CreateTextPart(text.Text),
            DataContent data when data.HasTopLevelMediaType("image") => ChatMessageContentPart.CreateImagePart(
                BinaryData.FromBytes(data.Data),
                data.MediaType
            ),
            _ => null,
        };

    private static string TextOf(Microsoft.Extensions.AI.ChatMessage message) =>
        string.Concat(message.Contents.OfType<TextContent>().Select(t => t.Text));

    private static string ReasoningOf(Microsoft.Extensions.AI.ChatMessage message)
    {
        var kept = new StringBuilder();
        var block = new StringBuilder();
        foreach (var reasoning in message.Contents.OfType<TextReasoningContent>())
        {
            block.Append(reasoning.Text);
            if (reasoning.ProtectedData is { } mark)
            {
                kept.Append(mark == ReasoningMark ? block : null);
                block.Clear();
            }
        }
        return kept.ToString();
    }

    private static string Id(string callId, OpenAIDialect dialect) =>
        dialect.HasFlag(OpenAIDialect.Mistral) ? CallIds.ForMistral(callId) : CallIds.ForOpenAI(callId);

    [GeneratedRegex(@"^gpt-(5\.[4-9]|[6-9])")]
    private static partial Regex RefusesToolsWithReasoning();
}
