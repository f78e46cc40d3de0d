using System.Globalization;
using Microsoft.Extensions.AI;
using Sage.Protocol.Events;

namespace Sage.Agent.Context;

/// <summary>Tells the model that a background task has ended, at the next moment at which it can be told anything.</summary>
internal sealed class BackgroundNews(string title, BackgroundEnded ended) : Passage
{
    private readonly ChatMessage _message = new(ChatRole.User, $"({Text(title, ended)})");

    public override IEnumerable<ChatMessage> Messages() => [_message];

    public override PassageState Save() => new BackgroundNewsState(title, ended);

    private static string Text(string title, BackgroundEnded ended)
    {
        var task = $"Sage: background task {ended.TaskId}, `{title}`,";
        return ended.How switch
        {
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
