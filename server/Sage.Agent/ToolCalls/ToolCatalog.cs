using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Agent.Runtime;
using Sage.Agent.Secrets;

namespace Sage.Agent.ToolCalls;

/// <summary>The tools a session offers, in one fixed order so that the prompt's prefix never changes.</summary>
public sealed class ToolCatalog
{
    private static readonly JsonElement EmptyObject = JsonElement.Parse("{}");

    private readonly SortedDictionary<string, ITool> _tools = new(StringComparer.Ordinal);

    public ToolCatalog(IEnumerable<ITool> tools)
    {
        foreach (var tool in tools.Where(static tool => tool.IsAvailable))
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
            var unread = new Preparation.Rejected(problem);
            return new ToolCall(work, replyId, ready.Name, EmptyObject, tool, unread, Context: null);
        }

        if (tool is null)
        {
            var unknown = new Preparation.Rejected(
                $"There is no tool named '{ready.Name}'. The tools are: {string.Join(", ", _tools.Keys)}."
            );
            return new ToolCall(work, replyId, ready.Name, input, tool, unknown, Context: null);
        }

        if (ready.Arguments.Contains(SecretRedaction.Mask, StringComparison.Ordinal))
        {
            var hidden = new Preparation.Rejected(HiddenSecret);
            return new ToolCall(work, replyId, ready.Name, input, tool, hidden, Context: null);
        }

        var context = contextOf(work);
        var preparation = tool.Prepare(input, context);
        return new ToolCall(work, replyId, ready.Name, input, tool, preparation, context);
    }

    private const string HiddenSecret =
        $"The arguments hold `{SecretRedaction.Mask}`, which stands for a value that is not shown to you, so it would be written or run "
        + "in place of it. Edit around it, or use the file or environment variable that has the value.";

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
