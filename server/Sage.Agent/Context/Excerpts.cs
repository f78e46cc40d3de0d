using Sage.Protocol.Turns;

namespace Sage.Agent.Context;

/// <summary>Keeps what the editor showed from filling the context.</summary>
internal static class Excerpts
{
    /// <summary>What is longer is of interest at its beginning, where it says what it is, and at its end, where it says how it went.</summary>
    public const int MostChars = 50_000;

    private const int HeadChars = MostChars / 4;

    public static ExcerptPart Bounded(ExcerptPart excerpt)
    {
        var text = excerpt.Text;
        if (text.Length <= MostChars)
        {
            return excerpt;
        }

        var head = Whole(text, HeadChars);
        var tail = Whole(text, text.Length - (MostChars - HeadChars));
        return excerpt with { Text = $"{text[..head]}\n[… {tail - head} characters are left out …]\n{text[tail..]}" };
    }

    // A character in two halves is cut before, not inside.
    private static int Whole(string text, int at) => char.IsLowSurrogate(text[at]) ? at - 1 : at;
}
