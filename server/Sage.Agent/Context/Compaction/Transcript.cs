using System.Text;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;

namespace Sage.Agent.Context.Compaction;

/// <summary>A part of the conversation as plain text, for a model that is to summarise it: long results are clipped.</summary>
internal static class Transcript
{
    private const int LongestResult = 1500;
    private const int LongestArguments = 600;

    /// <param name="messages">What is to be summarised.</param>
    /// <param name="budget">Characters; of what is longer the middle is left out.</param>
    public static string Of(IEnumerable<ChatMessage> messages, int budget)
    {
        var text = new StringBuilder();
        foreach (var message in messages)
        {
            foreach (var content in message.Contents)
            {
                Append(text, message.Role, content);
            }
        }

        if (text.Length <= budget)
        {
            return text.ToString();
        }

        // The beginning says what it was about, the end where it stands.
        var head = budget / 4;
        var tail = budget - head;
        return $"{text.ToString(0, head)}\n\n[… {text.Length - budget:N0} characters left out …]\n\n{text.ToString(text.Length - tail, tail)}";
    }

    private static void Append(StringBuilder text, ChatRole role, AIContent content)
    {
        switch (content)
        {
            case TextContent { Text.Length: > 0 } words:
                text.Append(role == ChatRole.Assistant ? "ASSISTANT: " : "USER: ").Append(words.Text).Append("\n\n");
                break;
            case ToolCallReady call:
                text.Append("CALL ").Append(call.Name).Append(' ').Append(Clip(call.Arguments, LongestArguments));
                text.Append('\n');
                break;
            case ToolCallAnswer answer:
                text.Append(answer.IsError ? "FAILED: " : "RESULT: ").Append(Clip(answer.Text, LongestResult));
                text.Append("\n\n");
                break;
        }
    }

    private static string Clip(string text, int most) =>
        text.Length <= most ? text : $"{text[..(most * 2 / 3)]} … {text[^(most / 3)..]}";
}
