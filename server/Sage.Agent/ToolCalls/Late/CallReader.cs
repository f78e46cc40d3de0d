using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Sage.Agent.LanguageModels;
using Sage.Agent.Runtime;
using Sage.Agent.Secrets;

namespace Sage.Agent.ToolCalls.Late;

/// <summary>Reads what the model wrote of a call. Every mistake in it becomes a rejected call, never an exception.</summary>
internal static class CallReader
{
    private static readonly JsonElement EmptyObject = JsonElement.Parse("{}");

    /// <param name="tool">What it calls; null when there is none of that name.</param>
    /// <param name="names">Of the tools there are.</param>
    /// <param name="replyId">The reply that makes the call.</param>
    /// <param name="work">The call among what runs.</param>
    /// <param name="ready">As the model wrote it.</param>
    /// <param name="contextOf">Where it runs.</param>
    public static ToolCall Read(
        ITool? tool,
        IEnumerable<string> names,
        string replyId,
        Work work,
        ToolCallReady ready,
        Func<Work, ToolContext> contextOf
    )
    {
        if (!TryParse(ready.Arguments, out var input, out var problem))
        {
            var unread = new Preparation.Rejected(problem);
            return new ToolCall(work, replyId, ready.Name, EmptyObject, tool, unread, Context: null);
        }

        if (tool is null)
        {
            var unknown = new Preparation.Rejected(
                $"There is no tool named '{ready.Name}'. The tools are: {string.Join(", ", names)}."
            );
            return new ToolCall(work, replyId, ready.Name, input, tool, unknown, Context: null);
        }

        if (ready.Arguments.Contains(SecretRedaction.Mask, StringComparison.Ordinal))
        {
            var hidden = new Preparation.Rejected(HiddenSecret);
            return new ToolCall(work, replyId, ready.Name, input, tool, hidden, Context: null);
        }

        var context = contextOf(work);
        return new ToolCall(work, replyId, ready.Name, input, tool, Prepare(tool, input, context), context);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Here a bug in a tool becomes that call's result.")]
    private static Preparation Prepare(ITool tool, JsonElement input, ToolContext context)
    {
        try
        {
            return tool.Prepare(input, context);
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            return new Preparation.Broken(bug);
        }
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
}
