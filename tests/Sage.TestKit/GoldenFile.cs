using System.Runtime.CompilerServices;
using System.Text;

namespace Sage.TestKit;

/// <summary>Compares text with a checked-in file beside the test; <c>SAGE_UPDATE_GOLDEN=1</c> rewrites the file instead.</summary>
public static class GoldenFile
{
    /// <param name="name">File name; it lies in the <c>Golden</c> folder beside the calling test.</param>
    /// <param name="actual">What the product made now.</param>
    /// <param name="testFile">Filled in by the compiler.</param>
    /// <exception cref="GoldenFileException">They differ.</exception>
    public static void AssertMatches(string name, string actual, [CallerFilePath] string testFile = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(testFile)!, "Golden", name);
        var wanted = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("SAGE_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, wanted);
            return;
        }

        var golden = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (golden != wanted)
        {
            throw new GoldenFileException(
                $"{path} differs (- checked in, + now). If the change is intended, run the test with SAGE_UPDATE_GOLDEN=1.\n"
                    + Difference(golden.Split('\n'), wanted.Split('\n'))
            );
        }
    }

    private static string Difference(string[] before, string[] after)
    {
        var same = before.Zip(after).TakeWhile(static pair => pair.First == pair.Second).Count();
        var sameAtEnd = before
            .Skip(same)
            .Reverse()
            .Zip(after.Skip(same).Reverse())
            .TakeWhile(static pair => pair.First == pair.Second)
            .Count();
        var text = new StringBuilder().AppendLine($"@@ line {same + 1} @@");
        foreach (var line in before[same..^sameAtEnd])
        {
            text.AppendLine($"-{line}");
        }

        foreach (var line in after[same..^sameAtEnd])
        {
            text.AppendLine($"+{line}");
        }

        return text.ToString();
    }
}

/// <summary>A checked-in file is not what the product makes now.</summary>
public sealed class GoldenFileException(string message) : Exception(message);
