using System.Text;

namespace Sage.Agent.ToolCalls;

/// <summary>A text without the characters that models read and people do not see.</summary>
/// <param name="Text">What is left.</param>
/// <param name="Removed">How many characters were taken out.</param>
internal readonly record struct VisibleText(string Text, int Removed)
{
    /// <summary>
    /// Takes out tags and the selectors beside them, marks that turn the direction of text, control characters, and characters
    /// without width, unless one of these stands alone between letters that it joins or parts (emoji, Persian, Indic scripts).
    /// </summary>
    public static VisibleText Of(string text)
    {
        if (!text.EnumerateRunes().Any(static rune => KindOf(rune.Value) != Kind.Visible))
        {
            return new VisibleText(text, 0);
        }

        var kept = new StringBuilder(text.Length);
        Rune[] runes = [.. text.EnumerateRunes()];
        var removed = 0;
        for (var i = 0; i < runes.Length; i++)
        {
            if (IsKept(runes, i))
            {
                kept.Append(runes[i]);
            }
            else
            {
                removed++;
            }
        }

        return new VisibleText(kept.ToString(), removed);
    }

    private static bool IsKept(Rune[] runes, int at) =>
        KindOf(runes[at].Value) switch
        {
            Kind.Visible => true,
            Kind.Joiner => IsLetterOfOthers(runes, at - 1) && IsLetterOfOthers(runes, at + 1),
            Kind.Selector => at > 0 && KindOf(runes[at - 1].Value) == Kind.Visible,
            _ => false,
        };

    // No joiner has work to do beside an ASCII letter, nor beside another one; an emoji may end in its selector.
    private static bool IsLetterOfOthers(Rune[] runes, int at) =>
        at >= 0 && at < runes.Length && !runes[at].IsAscii && KindOf(runes[at].Value) is Kind.Visible or Kind.Selector;

    private static Kind KindOf(int value) =>
        value switch
        {
            '\t' or '\n' or '\r' => Kind.Visible,
            < 0x20 or (>= 0x7F and <= 0x9F) => Kind.Hidden,
            < 0xAD => Kind.Visible,
            0x200C or 0x200D => Kind.Joiner,
            >= 0xFE00 and <= 0xFE0F => Kind.Selector,
            0xAD or 0x34F or 0x61C or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0 => Kind.Hidden,
            (>= 0x180B and <= 0x180F) or 0x200B or 0x200E or 0x200F => Kind.Hidden,
            (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) => Kind.Hidden,
            0xFEFF or (>= 0xFFF9 and <= 0xFFFB) => Kind.Hidden,
            (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) => Kind.Hidden,
            >= 0xE0000 and <= 0xE0FFF => Kind.Hidden,
            _ => Kind.Visible,
        };

    private enum Kind
    {
        Visible,
        Joiner,
        Selector,
        Hidden,
    }
}
