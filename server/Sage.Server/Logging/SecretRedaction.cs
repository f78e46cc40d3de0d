using System.Collections;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Sage.Server.Logging;

/// <summary>Takes secrets out of text: the keys this process was given, and whatever looks like a key of a known kind.</summary>
internal sealed partial class SecretRedaction
{
    private const string Mask = "[secret]";

    // Shorter strings occur by chance, and hiding them would make the log unreadable.
    private const int ShortestSecret = 8;
    private ImmutableHashSet<string> _known = [];

    /// <summary>Knows the keys in the environment of this process from the start.</summary>
    public static SecretRedaction FromEnvironment()
    {
        var redaction = new SecretRedaction();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (((string)variable.Key).EndsWith("_API_KEY", StringComparison.OrdinalIgnoreCase))
            {
                redaction.Add((string?)variable.Value);
            }
        }

        return redaction;
    }

    /// <summary>Remembers a secret; it never appears in the log from now on.</summary>
    public void Add(string? secret)
    {
        if (secret is { Length: >= ShortestSecret })
        {
            ImmutableInterlocked.Update(ref _known, static (known, added) => known.Add(added), secret);
        }
    }

    public string Redact(string text)
    {
        foreach (var secret in _known)
        {
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }

        return KnownShapes().Replace(text, Mask);
    }

    // Keys of OpenAI, Anthropic and their like; Google; GitHub; Slack; AWS; JSON web tokens; bearer headers; passwords in addresses.
    // A log line is JSON: the n of a \n right before a key is no letter of a word.
    [GeneratedRegex(
        @"(?:\b|(?<=\\[nrtbf]))(?:sk-[A-Za-z0-9_\-]{16,}|AIza[A-Za-z0-9_\-]{30,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}"
            + @"|xox[abprs]-[A-Za-z0-9\-]{10,}|AKIA[A-Z0-9]{16}\b|gsk_[A-Za-z0-9]{20,}|xai-[A-Za-z0-9]{20,}"
            + @"|eyJ[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{10,})"
            + @"|(?<=[Bb]earer\s)[A-Za-z0-9._~+/\-]{12,}=*|(?<=://[^\s/?#@:""']*:)[^\s/?#@""']+(?=@)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex KnownShapes();
}
