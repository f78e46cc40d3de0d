using System.Text;

namespace Sage.Agent.Secrets;

/// <summary>
/// Redacts text that comes in pieces: what may be the beginning of a secret waits for the next piece. Whatever the pieces, what
/// comes out together is what the whole text would have become. One at a time.
/// </summary>
public sealed class SecretStream(SecretRedaction redaction)
{
    // A key of a known shape is shorter; what is longer is cut off rather than kept.
    private const int LongestHeld = 16 * 1024;
    private const int LongestFooter = 80;
    private readonly StringBuilder _held = new();
    private string _before = "";
    private Swallowed _swallowing;

    /// <summary>What may be said now of all that came so far.</summary>
    public string Feed(string piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        if (_swallowing != Swallowed.Nothing)
        {
            piece = Swallow(piece);
            if (_swallowing != Swallowed.Nothing)
            {
                return "";
            }
        }

        var text = redaction.HideKnown(_held.Length == 0 ? piece : _held.Append(piece).ToString());
        _held.Clear();
        if (text.Length == 0)
        {
            return "";
        }

        var safe = SecretBeginning.Find(_before, text, redaction);
        var isTooLong = text.Length - safe > LongestHeld;
        safe = isTooLong ? text.Length : safe;
        _held.Append(text, safe, text.Length - safe);
        if (safe == 0)
        {
            return "";
        }

        var said = Say(text[..safe]);
        if (isTooLong && said.EndsWith(SecretRedaction.Mask, StringComparison.Ordinal))
        {
            _swallowing = Swallowed.Key;
        }

        return said;
    }

    /// <summary>No more will come.</summary>
    public string Finish()
    {
        var text = _swallowing == Swallowed.Nothing ? _held.ToString() : "";
        _held.Clear();
        _swallowing = Swallowed.Nothing;
        return text.Length == 0 ? "" : Say(text);
    }

    private string Say(string text)
    {
        var redacted = redaction.MayBeIn(text) ? Redact(text) : text;
        // What stands before decides whether a word begins.
        var seen = redacted.Length >= 2 ? redacted : _before + redacted;
        _before = seen[^Math.Min(seen.Length, 2)..];
        return redacted;
    }

    private string Redact(string text)
    {
        var redacted = redaction.Redact(_before + text);
        redacted = redacted.StartsWith(_before, StringComparison.Ordinal)
            ? redacted[_before.Length..]
            : redaction.Redact(text);
        if (PrivateKeyIn(text) is { } body)
        {
            _swallowing = Swallowed.PrivateKey;
            _held.Insert(0, body[^Math.Min(body.Length, LongestFooter)..]);
        }

        return redacted;
    }

    /// <summary>The rest of a secret that was hidden before it had ended.</summary>
    /// <returns>What comes behind it.</returns>
    private string Swallow(string piece)
    {
        if (_swallowing == Swallowed.Key)
        {
            var end = piece.AsSpan().IndexOfAnyExcept(SecretBeginning.KeyCharacters);
            _swallowing = end < 0 ? Swallowed.Key : Swallowed.Nothing;
            return end < 0 ? "" : piece[end..];
        }

        var text = _held.Append(piece).ToString();
        _held.Clear();
        if (SecretShapes.PrivateKeyFooter().Match(text) is { Success: true } footer)
        {
            _swallowing = Swallowed.Nothing;
            return text[(footer.Index + footer.Length)..];
        }

        _held.Append(text, Math.Max(0, text.Length - LongestFooter), Math.Min(text.Length, LongestFooter));
        return "";
    }

    /// <returns>What there is of a private key that has not ended; null when there is none.</returns>
    private string? PrivateKeyIn(string text)
    {
        var begin = text.LastIndexOf(SecretShapes.PrivateKeyBegins, StringComparison.Ordinal);
        if (
            begin < 0
            || !redaction.HidesShapes
            || SecretShapes.PrivateKeyHeader().Match(text, begin) is not { Success: true } header
        )
        {
            return null;
        }

        var body = text[(header.Index + header.Length)..];
        return SecretShapes.PrivateKeyFooter().IsMatch(body) ? null : body;
    }

    private enum Swallowed
    {
        Nothing,
        Key,
        PrivateKey,
    }
}
