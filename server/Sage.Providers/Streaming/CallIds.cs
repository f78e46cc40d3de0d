using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;

namespace Sage.Providers.Streaming;

/// <summary>Keeps call ids unique in a session and legal for a vendor, whichever vendor made them.</summary>
internal static partial class CallIds
{
    /// <summary>The ids that history has used.</summary>
    public static HashSet<string> In(IEnumerable<ChatMessage> messages) =>
        messages.SelectMany(m => m.Contents).OfType<ToolCallReady>().Select(c => c.CallId).ToHashSet();

    /// <summary>The provider's id, or one of our own when it is missing or was used before.</summary>
    public static string Claim(string? given, HashSet<string> used)
    {
        if (!string.IsNullOrWhiteSpace(given) && used.Add(given))
        {
            return given;
        }
        var own = $"call_{Guid.NewGuid():N}"[..29];
        used.Add(own);
        return own;
    }

    /// <summary>Anthropic: letters, digits, <c>_</c> and <c>-</c>. Others' ids (<c>functions.read:0</c>) are hashed, always alike.</summary>
    public static string ForAnthropic(string id) => LegalForAnthropic().IsMatch(id) ? id : "call_" + Hash(id, 16);

    /// <summary>OpenAI takes at most 40 characters.</summary>
    public static string ForOpenAI(string id) => id.Length <= 40 ? id : "call_" + Hash(id, 16);

    /// <summary>Mistral takes exactly nine letters and digits.</summary>
    public static string ForMistral(string id) => LegalForMistral().IsMatch(id) ? id : Hash(id, 9);

    private static string Hash(string id, int length) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..length];

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex LegalForAnthropic();

    [GeneratedRegex("^[a-zA-Z0-9]{9}$")]
    private static partial Regex LegalForMistral();
}
