using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Agent.Runtime;

namespace Sage.Agent.ToolCalls;

/// <summary>The tools a session offers, in one fixed order so that the prompt's prefix never changes.</summary>
public sealed class ToolCatalog
{
    private static readonly JsonElement EmptyObject = JsonElement.Parse("{}");

    private readonly SortedDictionary<string, ITool> _tools = new(StringComparer.Ordinal);

    public ToolCatalog(IEnumerable<ITool> tools)
    {
        foreach (var tool in tools)
        {
            _tools.Add(tool.Definition.Name, tool);
        }

        Offered = [.. _tools.Values.Select(Offer)];
        OfferedCharacters = _tools.Values.Sum(tool =>
            tool.Definition.Description.Length + tool.Definition.InputSchema.GetRawText().Length
        );
    }

    /// <summary>What each model request says of the tools.</summary>
    public IReadOnlyList<AITool> Offered { get; }

    /// <summary>How much of each request that takes.</summary>
    public long OfferedCharacters { get; }

    /// <summary>Reads what the model wrote. Every mistake in it becomes a rejected call, never an exception.</summary>
    internal ToolCall Read(string replyId, Work work, ToolCallReady ready, Func<Work, ToolContext> contextOf)
    {
        var tool = _tools.GetValueOrDefault(ready.Name);
        if (!TryParse(ready.Arguments, out var input, out var problem))
        {
            return new ToolCall(work, replyId, ready.Name, EmptyObject, tool, new Preparation.Rejected(problem));
        }

        var preparation = tool is null
            ? new Preparation.Rejected(
                $"There is no tool named '{ready.Name}'. The tools are: {string.Join(", ", _tools.Keys)}."
            )
            : tool.Prepare(input, contextOf(work));
        return new ToolCall(work, replyId, ready.Name, input, tool, preparation);
    }

    private static bool TryParse(string arguments, out JsonElement input, out string problem)
    {
        input = EmptyObject;
        problem = "";
        if (string.IsNullOrWhiteSpace(arguments))
        {
            return true;
        }

        try
        {
            var parsed = JsonElement.Parse(arguments);
            if (parsed.ValueKind == JsonValueKind.Object)
            {
                input = parsed;
                return true;
            }

            problem = $"The arguments must be a JSON object, but are {parsed.ValueKind.ToString().ToLowerInvariant()}.";
        }
        catch (JsonException error)
        {
            problem =
                $"The arguments are not valid JSON ({error.Message}). They may have been cut off. You wrote: {Excerpt(arguments)}";
        }

        return false;
    }

    private static string Excerpt(string text) => text.Length <= 400 ? text : $"{text[..200]} … {text[^200..]}";

    private static OfferedTool Offer(ITool tool) =>
        new(tool.Definition.Name, tool.Definition.Description, tool.Definition.InputSchema);
}
