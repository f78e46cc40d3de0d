using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Providers.Streaming;

namespace Sage.Providers.OpenAI.Responses;

/// <summary>Maps our history and options to the Responses API: one flat list of messages, reasoning, calls and outputs.</summary>
internal static partial class ResponsesMapping
{
    /// <param name="history">The system prompt and the conversation.</param>
    /// <param name="options">The tools, and how to sample.</param>
    /// <param name="model">Its own id at the provider.</param>
    /// <param name="dialect">Who is asked.</param>
    public static ResponsesRequest Request(
        IReadOnlyList<ChatMessage> history,
        ChatOptions? options,
        string model,
        OpenAIDialect dialect
    )
    {
        var tools = Tools(options);
        var reasons = Reasons().IsMatch(model);
        return new ResponsesRequest(
            model,
            Instructions(history),
            [.. history.SelectMany(message => Items(message, model))],
            tools,
            tools is not null && options?.ToolMode is NoneChatToolMode ? "none" : null,
            options?.MaxOutputTokens,
            reasons ? null : options?.Temperature,
            reasons ? new ReasoningSpec(EffortWords.Of(options), "auto") : null,
            // Without storage, this is how the model remembers what it thought.
            reasons ? ["reasoning.encrypted_content"] : null,
            dialect.HasFlag(OpenAIDialect.OpenAI) ? new StreamSpec(IncludeObfuscation: false) : null
        );
    }

    private static string? Instructions(IReadOnlyList<ChatMessage> history)
    {
        var system = history.Where(m => m.Role == ChatRole.System).Select(TextOf).Where(text => text.Length > 0);
        return string.Join("\n\n", system) is { Length: > 0 } text ? text : null;
    }

    private static List<FunctionTool>? Tools(ChatOptions? options)
    {
        var tools = (options?.Tools ?? [])
            .OfType<AIFunctionDeclaration>()
            .Select(tool => new FunctionTool(tool.Name, tool.Description, tool.JsonSchema))
            .ToList();
        return tools.Count == 0 ? null : tools;
    }

    private static IEnumerable<InputItem> Items(ChatMessage message, string model) =>
        message.Role == ChatRole.System ? []
        : message.Role == ChatRole.Assistant ? ReplyItems(message, model)
        : message.Role == ChatRole.Tool ? OutputItems(message)
        : PromptItems(message);

    private static IEnumerable<InputItem> PromptItems(ChatMessage message)
    {
        var pieces = message.Contents.Select(Piece).OfType<InputPiece>().ToList();
        return pieces.Count == 0 ? [] : [new MessageItem("user", pieces)];
    }

    private static IEnumerable<InputItem> ReplyItems(ChatMessage message, string model)
    {
        foreach (var reasoning in message.Contents.OfType<TextReasoningContent>())
        {
            if (reasoning.ProtectedData is { } seal && ReasoningSeal.Open(seal, reasoning.Text, model) is { } item)
            {
                yield return item;
            }
        }

        if (TextOf(message) is { Length: > 0 } text)
        {
            yield return new MessageItem("assistant", [new OutputText(text)]);
        }

        foreach (var call in message.Contents.OfType<ToolCallReady>())
        {
            var arguments = JsonArguments.AsObject(call.Arguments).GetRawText();
            yield return new CallItem(CallIds.ForOpenAI(call.CallId), call.Name, arguments);
        }
    }

    /// <summary>Images follow the answer they belong to.</summary>
    private static IEnumerable<InputItem> OutputItems(ChatMessage message)
    {
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (message.Contents[i] is ToolCallAnswer answer)
            {
                var images = message.Contents.Skip(i + 1).TakeWhile(content => content is not ToolCallAnswer);
                yield return new CallOutputItem(CallIds.ForOpenAI(answer.CallId), Output(answer, images));
            }
        }
    }

    private static JsonElement Output(ToolCallAnswer answer, IEnumerable<AIContent> following)
    {
        var text = answer.Text.Length > 0 ? answer.Text : "(no output)";
        var images = following.Select(Piece).OfType<InputImage>().ToList();
        return images.Count == 0
            ? JsonSerializer.SerializeToElement(text, ResponsesJson.Default.String)
            : JsonSerializer.SerializeToElement(
                [new InputText(text), .. images],
                ResponsesJson.Default.IReadOnlyListInputPiece
            );
    }

    private static InputPiece? Piece(AIContent content) =>
        content switch
        {
            TextContent { Text.Length: > 0 } text => new InputText(text.Text),
            DataContent data when data.HasTopLevelMediaType("image") => new InputImage(data.Uri),
            _ => null,
        };

    private static string TextOf(ChatMessage message) =>
        string.Concat(message.Contents.OfType<TextContent>().Select(text => text.Text));

    // Asking any other model to reason is refused.
    [GeneratedRegex(@"^(.*/)?(o[1-9]|gpt-([5-9]|[1-9]\d)(?!.*-chat)|codex-)")]
    public static partial Regex Reasons();
}
