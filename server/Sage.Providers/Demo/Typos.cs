using System.Text.RegularExpressions;

namespace Sage.Providers.Demo;

/// <summary>Words that are often misspelt in code and documents.</summary>
internal static partial class Typos
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["teh"] = "the",
        ["recieve"] = "receive",
        ["recieved"] = "received",
        ["occured"] = "occurred",
        ["occurence"] = "occurrence",
        ["seperate"] = "separate",
        ["seperator"] = "separator",
        ["definately"] = "definitely",
        ["lenght"] = "length",
        ["heigth"] = "height",
        ["widht"] = "width",
        ["retrun"] = "return",
        ["fucntion"] = "function",
        ["adress"] = "address",
        ["untill"] = "until",
        ["begining"] = "beginning",
        ["enviroment"] = "environment",
        ["succesful"] = "successful",
        ["succesfully"] = "successfully",
        ["sucess"] = "success",
        ["arguement"] = "argument",
        ["paramter"] = "parameter",
        ["dependancy"] = "dependency",
        ["existance"] = "existence",
        ["accross"] = "across",
        ["wich"] = "which",
        ["thier"] = "their",
        ["neccessary"] = "necessary",
        ["intialize"] = "initialize",
        ["overriden"] = "overridden",
    };

    /// <summary>A regular expression that finds any of them, as a word, in either case.</summary>
    public static string Pattern { get; } = $@"(?i)\b({string.Join('|', Words.Keys)})\b";

    /// <summary>The first misspelt word of a line, as it stands there.</summary>
    public static string? First(string line) =>
        Word().Matches(line).Select(m => m.Value).FirstOrDefault(w => Words.ContainsKey(w));

    public static string Correct(string word)
    {
        var right = Words[word];
        return char.IsUpper(word[0]) ? char.ToUpperInvariant(right[0]) + right[1..] : right;
    }

    [GeneratedRegex(@"\b\w+\b")]
    private static partial Regex Word();
}
