using System.Text;
using Microsoft.Extensions.AI;
using Sage.Protocol.Commands;
using Sage.Protocol.Events;

namespace Sage.Agent.Context;

/// <summary>
/// What a command file says, with the output of its command lines in their places. No reply has made these calls, so to the model they
/// are part of the prompt, whatever became of them.
/// </summary>
internal sealed class CommandPrompt(TurnStarted turn, SentCommand command, bool afterInterruption) : Passage
{
    private const string Mark = "command_output";

    // Shorter ones say what happened, and take less than the words that they were left out.
    private const int LongestKept = 400;

    private readonly Dictionary<string, string> _outputs = new(StringComparer.Ordinal);

    /// <summary>Whether a call runs one of its lines.</summary>
    public bool Has(string callId) => command.Lines!.Value.Any(line => line.CallId == callId);

    public void Add(ToolCallEnded result)
    {
        var wasRun = result.Status is not (ToolCallStatus.Denied or ToolCallStatus.Crashed);
        _outputs[result.CallId] = wasRun ? result.Text : $"(It has not been run to its end: {result.Text})";
        Changed();
    }

    public override IEnumerable<ChatMessage> Messages() => [PromptMessage.Create(turn, afterInterruption, Words())];

    public override long PrunableCharacters => _outputs.Values.Where(IsLong).Sum(output => output.Length - LongestKept);

    public override void Prune()
    {
        foreach (var (callId, output) in _outputs.Where(output => IsLong(output.Value)).ToList())
        {
            _outputs[callId] =
                $"(Left out to make room: {output.Length:N0} characters. Run the command again, for no more than you need.)";
        }

        Changed();
    }

    public override PassageState Save()
    {
        var message = PromptMessage.Create(turn, afterInterruption, Words());
        return new PromptState(message.Text, PromptMessage.ImagesOf(message));
    }

    private static bool IsLong(string output) => output.Length > LongestKept;

    private string Words()
    {
        var words = new StringBuilder(command.Text);
        foreach (var line in command.Lines!.Value)
        {
            var output = _outputs.GetValueOrDefault(line.CallId, Reply.NotDone);
            var data = $"$ {line.Line}\n{output}";
            var mark = PromptMessage.MarkAround(Mark, data);
            words.Append($"<{mark}>\n{data}\n</{mark}>{line.Behind}");
        }

        return words.ToString();
    }
}
