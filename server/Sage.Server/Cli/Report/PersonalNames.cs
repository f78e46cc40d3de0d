using System.Text.RegularExpressions;

namespace Sage.Server.Cli.Report;

/// <summary>Takes out of text who somebody is: the home folder, the name of the user and the name of the computer.</summary>
internal sealed class PersonalNames
{
    // Shorter names occur by chance inside everything.
    private const int ShortestName = 3;

    // A log line is JSON: the n of a \n right before a name is no letter of a word.
    private const string WordBegins = @"(?:(?<![\p{L}\p{N}_])|(?<=\\[nrtbf]))";
    private const string WordEnds = @"(?![\p{L}\p{N}_])";

    private readonly List<(Regex Pattern, string Replacement)> _hidden = [];

    /// <param name="home">The home folder, absolute; empty when there is none.</param>
    /// <param name="user">The name of the user.</param>
    /// <param name="machine">The name of the computer.</param>
    public PersonalNames(string home, string user, string machine)
    {
        var parts = home.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > 0)
        {
            // First: what is left of a path still says where something is.
            Hide((home[0] is '/' or '\\' ? Separator : "") + string.Join(Separator, parts.Select(Escape)), "~");
        }

        HideName(user, "[user]");
        HideName(machine, "[machine]");
    }

    // In a path, in JSON where backslashes are doubled, and in a file: address.
    private static string Separator => @"(?:\\{1,2}|/)";

    public static PersonalNames OfThisComputer() =>
        new(
            Environment.GetFolderPath(
                Environment.SpecialFolder.UserProfile,
                Environment.SpecialFolderOption.DoNotVerify
            ),
            Environment.UserName,
            Environment.MachineName
        );

    public string Hide(string text) =>
        _hidden.Aggregate(text, (result, hidden) => hidden.Pattern.Replace(result, hidden.Replacement));

    private static string Escape(string part) => Regex.Escape(part).Replace(":", "(?::|%3A)", StringComparison.Ordinal);

    private void HideName(string name, string replacement)
    {
        if (name.Length >= ShortestName)
        {
            Hide(Regex.Escape(name), replacement);
        }
    }

    // Case is ignored everywhere: the same name is written in more ways than one, and hiding too much harms nobody.
    private void Hide(string pattern, string replacement) =>
        _hidden.Add(
            (
                new Regex(WordBegins + pattern + WordEnds, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase),
                replacement
            )
        );
}
