using System.Text.RegularExpressions;

namespace Sage.Providers.Demo.WithoutTools;

/// <summary>Answers requests for the message of a commit with the names of the files in it; more would need understanding.</summary>
internal static partial class CommitWords
{
    /// <summary>The message; null when something else is asked.</summary>
    public static string? Answer(string request)
    {
        if (!request.Contains("\nWrite the message of this commit.", StringComparison.Ordinal))
        {
            return null;
        }

        var files = Files()
            .Matches(request)
            .Select(match => match.Groups["name"].Value.Trim())
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return files switch
        {
            [] => "Update files",
            [var one] => $"Update {one}",
            [var first, var second] => $"Update {first} and {second}",
            [var first, ..] => $"Update {first} and {files.Count - 1} other files",
        };
    }

    [GeneratedRegex(
        @"^(diff --git a/.+ b/(.*/)?|New file, not added yet: (.*/)?)(?<name>[^/\n]+)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Files();
}
