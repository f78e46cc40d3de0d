using System.Collections.Immutable;
using ModelContextProtocol.Protocol;
using Sage.Agent.ToolCalls;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Extensibility.Mcp.Resources;
using Sage.Extensibility.Mcp.Tools;
using Sage.Protocol.Turns;

namespace Sage.Extensibility.Mcp.Prompts;

/// <summary>What a server answered to a prompt: words that are sent as the user's, and what comes with them as data.</summary>
/// <param name="Words">The messages, one below the other.</param>
/// <param name="Attached">Resources and pictures in them.</param>
internal sealed record PromptText(string Words, ImmutableArray<InputPart> Attached)
{
    private const int MostWords = 100_000;

    public static PromptText Of(GetPromptResult answer, McpServerSpec spec)
    {
        var words = new List<string>();
        var attached = ImmutableArray.CreateBuilder<InputPart>();
        foreach (var message in answer.Messages)
        {
            switch (message.Content)
            {
                case EmbeddedResourceBlock { Resource: var resource }:
                    attached.AddRange(ResourceContent.Of(resource, spec));
                    break;
                case ImageContentBlock image when McpResult.IsShown(image):
                    attached.Add(McpResult.ToImage(image));
                    break;
                case var content:
                    // An example of how an assistant would answer is not what the user says.
                    var mark = message.Role == Role.Assistant ? "(The assistant:) " : "";
                    words.Add(mark + OutsideText.Visible(McpResult.TextOf(content)).Trim());
                    break;
            }
        }

        var text = string.Join("\n\n", words.Where(static part => part.Length > 0));
        return new PromptText(text.Length <= MostWords ? text : text[..MostWords] + "…", attached.ToImmutable());
    }
}
