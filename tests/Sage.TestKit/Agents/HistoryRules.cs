using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;

namespace Sage.TestKit.Agents;

/// <summary>What every wire format asks of a history, as one check.</summary>
public static class HistoryRules
{
    /// <summary>Null when the messages are valid; otherwise what is wrong.</summary>
    public static string? FindViolation(IReadOnlyList<ChatMessage> messages)
    {
        HashSet<string> ids = [];
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (message.Contents.Count == 0)
            {
                return $"message {i} is empty";
            }

            var calls = message.Contents.OfType<ToolCallReady>().Select(call => call.CallId).ToList();
            if (calls.Exists(id => !ids.Add(id)))
            {
                return $"message {i} repeats a call id";
            }

            var next = i + 1 < messages.Count ? messages[i + 1] : null;
            var answers =
                next?.Role == ChatRole.Tool ? next.Contents.OfType<ToolCallAnswer>().Select(a => a.CallId) : [];
            if (calls.Count > 0 && !calls.SequenceEqual(answers))
            {
                return $"the calls of message {i} are not each answered once, in order, right behind it";
            }

            if (message.Role == ChatRole.Tool && (i == 0 || !messages[i - 1].Contents.OfType<ToolCallReady>().Any()))
            {
                return $"message {i} answers calls nobody made";
            }
        }

        return null;
    }
}
