using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;

namespace Sage.Agent.Context;

/// <summary>How much of a request messages take, in characters.</summary>
internal static class MessageSize
{
    /// <summary>An image, as vendors count a large one, in the characters that would cost as much.</summary>
    public const int Image = 5_000;

    // The role, the braces, the id of a call.
    private const int Frame = 30;

    // Schemas and descriptions, before anybody has counted them.
    private const int CharactersPerToken = 4;

    /// <summary>A rule of thumb that stays the same for the same text, whatever a provider counts.</summary>
    public static long Tokens(long characters) => characters / CharactersPerToken;

    public static long Of(IEnumerable<ChatMessage> messages) =>
        messages.Sum(message => Frame + message.Contents.Sum(Of));

    private static long Of(AIContent content) =>
        content switch
        {
            TextContent text => text.Text.Length,
            TextReasoningContent reasoning => reasoning.Text.Length + (reasoning.ProtectedData?.Length ?? 0),
            ToolCallReady call => Frame + call.Name.Length + call.Arguments.Length,
            ToolCallAnswer answer => Frame + answer.Text.Length,
            DataContent => Image,
            _ => 0,
        };
}
