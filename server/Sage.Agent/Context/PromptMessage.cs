using System.Text;
using Microsoft.Extensions.AI;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Agent.Context;

/// <summary>Turns what the user sent into a message. What was attached is marked as data, apart from the user's own words.</summary>
internal static class PromptMessage
{
    public static ChatMessage Create(TurnStarted turn, bool afterInterruption)
    {
        var text = new StringBuilder();
        if (afterInterruption)
        {
            text.Append("(The user stopped the previous turn.)\n\n");
        }

        List<AIContent> images = [];
        foreach (var part in turn.Attachments ?? [])
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

        text.Append(turn.Prompt);
        return new ChatMessage(ChatRole.User, [.. images, new TextContent(text.ToString())]);
    }

    public static AIContent Image(ImagePart image) => new DataContent($"data:{image.MediaType};base64,{image.Data}");

    private static void Append(StringBuilder text, InputPart part)
    {
        switch (part)
        {
            case FilePart file:
                text.Append("<attached_file path=\"").Append(file.Path).Append("\" />\n\n");
                break;
            case SelectionPart selection:
                text.Append("<selection path=\"").Append(selection.Path).Append('"');
                text.Append($" lines=\"{selection.StartLine}-{selection.EndLine}\">\n");
                text.Append(selection.Text).Append("\n</selection>\n\n");
                break;
        }
    }
}
