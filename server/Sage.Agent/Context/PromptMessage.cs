using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.AI;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Agent.Context;

/// <summary>Turns what the user sent into a message. What was attached is marked as data, apart from the user's own words.</summary>
internal static class PromptMessage
{
    /// <summary>The words that start a turn.</summary>
    public static ChatMessage Create(TurnStarted turn, bool afterInterruption) =>
        Create(turn, afterInterruption, turn.Command?.Text ?? turn.Prompt);

    /// <summary>The same with other words, which came of a command.</summary>
    public static ChatMessage Create(TurnStarted turn, bool afterInterruption, string words) =>
        Create(afterInterruption ? "(The user stopped the previous turn.)\n\n" : "", words, turn.Attachments ?? []);

    /// <summary>Words for the turn that runs.</summary>
    public static ChatMessage Create(ImmutableArray<InputPart> steer) =>
        Create("(The user says while you work:)\n\n", WordsOf(steer), AttachedTo(steer));

    /// <summary>A message as it was, from its text and its images.</summary>
    public static ChatMessage Create(string text, ImmutableArray<ImagePart> images) =>
        Create(text, images.Select(Image));

    public static ImmutableArray<ImagePart> ImagesOf(ChatMessage message) =>
        [
            .. message
                .Contents.OfType<DataContent>()
                .Select(image => new ImagePart(image.MediaType, image.Base64Data.ToString())),
        ];

    public static string WordsOf(ImmutableArray<InputPart> input) =>
        string.Join("\n\n", input.OfType<TextPart>().Select(part => part.Text));

    public static ImmutableArray<InputPart> AttachedTo(ImmutableArray<InputPart> input) =>
        [.. input.Where(part => part is not TextPart)];

    public static AIContent Image(ImagePart image) => new DataContent($"data:{image.MediaType};base64,{image.Data}");

    private static ChatMessage Create(string remark, string words, ImmutableArray<InputPart> attached)
    {
        var text = new StringBuilder(remark);
        List<AIContent> images = [];
        foreach (var part in attached)
        {
            if (part is ImagePart image)
            {
                images.Add(Image(image));
            }
            else
            {
                Append(text, part);
            }
        }

        text.Append(words);
        return Create(text.ToString(), images);
    }

    private static ChatMessage Create(string text, IEnumerable<AIContent> images) =>
        new(ChatRole.User, [.. images, new TextContent(text)]);

    private static void Append(StringBuilder text, InputPart part)
    {
        switch (part)
        {
            case FilePart file:
                var kind = file.Path.EndsWith('/') ? "folder" : "file";
                text.Append($"<attached_{kind} path=\"").Append(file.Path).Append("\" />\n\n");
                break;
            case SelectionPart selection:
                var mark = MarkAround("selection", selection.Text);
                text.Append($"<{mark} path=\"").Append(selection.Path).Append('"');
                text.Append($" lines=\"{selection.StartLine}-{selection.EndLine}\">\n");
                text.Append(selection.Text).Append($"\n</{mark}>\n\n");
                break;
            case ExcerptPart excerpt:
                var around = MarkAround(excerpt.Source.ToString().ToLowerInvariant(), excerpt.Text);
                text.Append($"<{around} title=\"").Append(excerpt.Title.Replace('"', '\'')).Append("\">\n");
                text.Append(excerpt.Text).Append($"\n</{around}>\n\n");
                break;
            case ResourcePart resource:
                text.Append(OutsideMark.Around(SourceOf(resource), resource.Text)).Append("\n\n");
                break;
        }
    }

    /// <summary>Where a resource comes from, in one line.</summary>
    public static string SourceOf(ResourcePart resource) => $"MCP server {resource.Server}: {resource.Uri}";

    /// <summary>A mark that the text cannot end: it is data to its last character.</summary>
    public static string MarkAround(string plain, string text)
    {
        var mark = plain;
        for (var next = 2; text.Contains($"</{mark}", StringComparison.OrdinalIgnoreCase); next++)
        {
            mark = $"{plain}-{next}";
        }

        return mark;
    }
}
