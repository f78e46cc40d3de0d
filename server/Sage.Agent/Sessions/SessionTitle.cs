namespace Sage.Agent.Sessions;

/// <summary>What a session is called in a list: one line, not long.</summary>
public static class SessionTitle
{
    /// <summary>UTF-16 code units.</summary>
    public const int Longest = 80;

    /// <summary>The first line that says anything, cut at a character; empty when none does.</summary>
    public static string OfPrompt(string prompt)
    {
        foreach (var line in prompt.AsSpan().EnumerateLines())
        {
            var text = line.Trim();
            if (!text.IsEmpty)
            {
                return text.Length <= Longest ? text.ToString() : Shorten(text, Longest);
            }
        }

        return "";
    }

    /// <summary>The same with a few words behind it, which are never cut.</summary>
    public static string WithSuffix(string title, string suffix) =>
        title.Length + suffix.Length <= Longest ? title + suffix : Shorten(title, Longest - suffix.Length) + suffix;

    private static string Shorten(ReadOnlySpan<char> text, int most)
    {
        var length = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return $"{text[..length].TrimEnd()}…";
    }
}
