using System.Text;
using Sage.Agent.Extensions;

namespace Sage.Agent.ToolCalls;

/// <summary>Cuts what the model reads to head and tail, and keeps the whole in a spill file it can read.</summary>
internal sealed class OutputBudget(ISpillFiles spill, string sessionId)
{
    public ToolResult Fit(ToolResult result, string callId, int budget) =>
        result with
        {
            Text = Fit(result.Text, callId, budget),
        };

    public string Fit(string text, string callId, int budget) =>
        text.Length <= budget ? text : Cut(text, callId, budget);

    private string Cut(string text, string callId, int budget)
    {
        var head = WholeCharacters(text, budget / 3);
        var tail = text.Length - WholeCharacters(text, text.Length - budget * 2 / 3);
        var left = text.Length - head - tail;
        return $"{text[..head]}\n\n… {left:N0} characters left out{Keep(text, callId)} …\n\n{text[^tail..]}";
    }

    private string Keep(string text, string callId)
    {
        try
        {
            using var stream = spill.Create(sessionId, callId, out var fullPath);
            stream.Write(Encoding.UTF8.GetBytes(text));
            return $"; the whole output is in {fullPath}";
        }
        catch (IOException)
        {
            // The result matters more than its copy: a full disk costs the middle of the output, not the call.
            return "; the whole output could not be saved";
        }
        catch (UnauthorizedAccessException)
        {
            return "; the whole output could not be saved";
        }
    }

    // A cut between the halves of a surrogate pair would leave text that no encoder accepts.
    private static int WholeCharacters(string text, int index) =>
        index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) ? index - 1 : index;
}
