using System.Collections.Immutable;
using System.Text.Json;

namespace Sage.Agent.Secrets;

/// <summary>Takes secrets out of text: the keys this process was given, and whatever has the shape of a key of a known kind.</summary>
public sealed class SecretRedaction
{
    /// <summary>
    /// Stands for a secret where a model, the user or a journal meets it. Nothing else is called so: a call whose arguments
    /// hold it would write it where the secret was.
    /// </summary>
    public const string Mask = "[secret hidden by Sage]";

    private const string ShortMask = "[secret]";

    // Shorter strings occur by chance, and hiding them would make everything unreadable.
    private const int ShortestSecret = 8;
    private ImmutableHashSet<string> _known = [];

    /// <summary>False when only what was handed over is hidden in a conversation: the user works on text that looks like keys.</summary>
    public bool HidesShapes { get; set; } = true;

    /// <summary>What was handed over, in every form in which it is looked for.</summary>
    internal ImmutableHashSet<string> Known => _known;

    /// <summary>Remembers a secret; from now on it appears nowhere.</summary>
    public void Add(string? secret)
    {
        if (secret is { Length: >= ShortestSecret })
        {
            var inJson = JsonEncodedText.Encode(secret).Value;
            ImmutableInterlocked.Update(
                ref _known,
                static (known, added) => known.Union(added),
                ImmutableArray.Create(secret, inJson)
            );
        }
    }

    /// <summary>Of a conversation, where what is no secret must stay as it is: the same string when there was none.</summary>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var hidden = HideKnown(text);
        return HidesShapes && SecretShapes.MayBeIn(hidden) ? SecretShapes.Keys().Replace(hidden, Mask) : hidden;
    }

    /// <summary>Cheap, and true for every text that <see cref="Redact"/> would change.</summary>
    internal bool MayBeIn(string text) =>
        (HidesShapes && SecretShapes.MayBeIn(text))
        || _known.Any(secret => text.Contains(secret, StringComparison.Ordinal));

    /// <summary>Of logs and reports, which other people read: rather too much than too little.</summary>
    public string RedactDiagnostics(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var hidden = SecretShapes.Keys().Replace(HideKnown(text, ShortMask), ShortMask);
        return SecretShapes.InDiagnostics().Replace(hidden, ShortMask);
    }

    /// <summary>Only what was handed over.</summary>
    internal string HideKnown(string text) => HideKnown(text, Mask);

    private string HideKnown(string text, string mask)
    {
        foreach (var secret in _known)
        {
            text = text.Replace(secret, mask, StringComparison.Ordinal);
        }

        return text;
    }
}
