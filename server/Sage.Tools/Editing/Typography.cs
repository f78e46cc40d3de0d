namespace Sage.Tools.Editing;

/// <summary>Turns typographic characters that models write differently into their plain forms, one for one.</summary>
internal static class Typography
{
    public static string Plain(string text) =>
        text.AsSpan().ContainsAnyExceptInRange('\0', '\u007F')
            ? string.Create(
                text.Length,
                text,
                static (plain, source) =>
                {
                    for (var i = 0; i < plain.Length; i++)
                    {
                        plain[i] = Plain(source[i]);
                    }
                }
            )
            : text;

    private static char Plain(char c) =>
        c switch
        {
            '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2032' => '\'',
            '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u2033' => '"',
            >= '\u2010' and <= '\u2015' or '\u2212' => '-',
            '\u00A0' or '\u202F' or '\u205F' or '\u3000' or (>= '\u2000' and <= '\u200A') => ' ',
            _ => c,
        };
}
