using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Protocol.EditorModels;
using Sage.Providers.Streaming;

namespace Sage.Providers.Editor;

/// <summary>
/// Maps our history to what the editor's models take: two roles that alternate, no system prompt (it stands at the top of the
/// first message of the user), and the results of calls in the message behind them.
/// </summary>
internal static class EditorMapping
{
    public static AskEditorModelParams Request(
        IReadOnlyList<ChatMessage> history,
        ChatOptions? options,
        string model
    ) => new(Guid.NewGuid().ToString("N"), model, Messages(history), Tools(options));

    /// <summary>The arguments of a call as text; empty when the editor gave none.</summary>
    public static string Arguments(EditorReplyCall call) =>
        call.Input.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? "" : call.Input.GetRawText();

    private static ImmutableArray<EditorTool> Tools(ChatOptions? options) =>
        options?.ToolMode is NoneChatToolMode
            ? []
            :
            [
                .. (options?.Tools ?? [])
                    .OfType<AIFunctionDeclaration>()
                    .Select(tool => new EditorTool(tool.Name, tool.Description, tool.JsonSchema)),
            ];

    private static ImmutableArray<EditorMessage> Messages(IReadOnlyList<ChatMessage> history)
    {
        List<(EditorMessageRole Role, List<EditorMessagePart> Parts)> messages = [];
        foreach (var message in history)
        {
            var role = message.Role == ChatRole.Assistant ? EditorMessageRole.Assistant : EditorMessageRole.User;
            var parts = Parts(message);
            if (parts.Count == 0)
            {
                continue;
            }

            if (messages is [.., var last] && last.Role == role)
            {
                last.Parts.AddRange(parts);
            }
            else
            {
                messages.Add((role, parts));
            }
        }

        return [.. messages.Select(m => new EditorMessage(m.Role, [.. m.Parts]))];
    }

    private static List<EditorMessagePart> Parts(ChatMessage message)
    {
        if (message.Role == ChatRole.System)
        {
            return string.IsNullOrWhiteSpace(message.Text)
                ? []
                : [new EditorText($"<instructions>\n{message.Text}\n</instructions>")];
        }

        var parts = new List<EditorMessagePart>();
        foreach (var content in message.Contents)
        {
            Add(parts, content);
        }

        return parts;
    }

    private static void Add(List<EditorMessagePart> parts, AIContent content)
    {
        switch (content)
        {
            // Reasoning is not sent back: the editor has no place for it.
            case TextReasoningContent:
                break;
            // History may hold a reply's text in pieces.
            case TextContent { Text.Length: > 0 } text when parts is [.., EditorText last]:
                parts[^1] = new EditorText(last.Text + text.Text);
                break;
            case TextContent text when !string.IsNullOrWhiteSpace(text.Text):
                parts.Add(new EditorText(text.Text));
                break;
            case ToolCallReady call:
                parts.Add(new EditorToolCall(call.CallId, call.Name, JsonArguments.AsObject(call.Arguments)));
                break;
            case ToolCallAnswer answer:
                var said = string.IsNullOrWhiteSpace(answer.Text) ? "(no output)" : answer.Text;
                parts.Add(new EditorToolResult(answer.CallId, said));
                break;
            case DataContent data when data.HasTopLevelMediaType("image"):
                AddImage(parts, new EditorImage(data.MediaType, Convert.ToBase64String(data.Data.Span)));
                break;
        }
    }

    /// <summary>An image behind a result belongs to it.</summary>
    private static void AddImage(List<EditorMessagePart> parts, EditorImage image)
    {
        if (parts is [.., EditorToolResult result])
        {
            parts[^1] = result with { Images = [.. result.Images ?? [], image] };
        }
        else
        {
            parts.Add(image);
        }
    }
}
