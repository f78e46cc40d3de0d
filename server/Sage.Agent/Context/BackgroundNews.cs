using System.Globalization;
using Microsoft.Extensions.AI;
using Sage.Protocol.Events;

namespace Sage.Agent.Context;

/// <summary>Tells the model that a background task has ended, at the next moment at which it can be told anything.</summary>
internal sealed class BackgroundNews(string title, BackgroundEnded ended) : Passage
{
    // As of the results of calls: shorter ones take less than the words that they were left out.
    private const int LongestKept = 400;
    private BackgroundEnded _ended = ended;
    private ChatMessage? _message;

    public override IEnumerable<ChatMessage> Messages() =>
        [_message ??= new ChatMessage(ChatRole.User, $"({Text(title, _ended)}{Result(_ended)}")];

    public override PassageState Save() => new BackgroundNewsState(title, _ended);

    public override long PrunableCharacters => Math.Max(0, (_ended.Result?.Length ?? 0) - LongestKept);

    public override void Prune()
    {
        if (PrunableCharacters > 0)
        {
            _ended = _ended with { Result = $"(Left out to make room: {_ended.Result!.Length:N0} characters.)" };
            _message = null;
            Changed();
        }
    }

    private static string Result(BackgroundEnded ended) =>
        ended.Result is { } result ? $" Its result:)\n\n{result}" : ")";

    private static string Text(string title, BackgroundEnded ended)
    {
        var task = $"Sage: background task {ended.TaskId}, `{title}`,";
        return ended.How switch
        {
            BackgroundEndHow.Exited when ended.Result is not null => $"{task} has ended.",
            BackgroundEndHow.Exited when ended.ExitCode is { } code => string.Create(
                CultureInfo.InvariantCulture,
                $"{task} has ended with exit code {code}. command_output tells what it said last."
            ),
            BackgroundEndHow.Exited => $"{task} was ended by a signal. command_output tells what it said last.",
            BackgroundEndHow.Stopped => $"{task} was stopped.",
            BackgroundEndHow.Kept => $"{task} was taken over by the user, who runs it in a terminal now.",
            BackgroundEndHow.SessionClosed => $"{task} was ended when the session was closed.",
            BackgroundEndHow.Crashed => $"{task} was ended when Sage stopped unexpectedly.",
            _ => throw new ArgumentOutOfRangeException(nameof(ended)),
        };
    }
}
