using System.Text;

namespace Sage.Extensibility.Memory.Rules;

/// <summary>What stands in a file with rules, or why it does not count.</summary>
/// <param name="Place">The file.</param>
/// <param name="Text">Empty where there is a problem.</param>
/// <param name="Problem">For people and the model; null when all of it could be read.</param>
/// <param name="Length">Of the whole file, in bytes.</param>
internal sealed record RuleText(RulePlace Place, string Text, string? Problem, long Length)
{
    public const int Cap = 32 * 1024;

    /// <summary>As the model gets it.</summary>
    public string ForModel =>
        Problem is null ? Text
        : Text.Length == 0 ? Problem
        : $"{Text}\n\n[{Problem}]";

    /// <returns>Null when there is nothing.</returns>
    public static RuleText? Read(RulePlace place)
    {
        var name = PlainText.OneLine(place.Name);
        try
        {
            // Whole: a folder on the way may be a link as well.
            var path = LinkedPath.ResolveWhole(place.Path);
            if (place.Root is { } root && !LinkedPath.IsWithin(root, path))
            {
                return LeftOut($"{name} is a link that leads out of the workspace: it was left out.");
            }

            if (SmallFile.Read(path, Cap) is not { } file)
            {
                return null;
            }

            return Decode(file.Bytes) switch
            {
                null => LeftOut($"{name} is not a text file: it was left out."),
                var text when string.IsNullOrWhiteSpace(text) => null,
                var text when file.Length > Cap => new(place, text.Trim(), CutNote(name, file.Length), file.Length),
                var text => new(place, text.Trim(), null, file.Length),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return LeftOut($"{name} could not be read: {e.Message}");
        }

        RuleText LeftOut(string problem) => new(place, "", problem, 0);
    }

    private static string CutNote(string name, long length) =>
        $"{name} has {length / 1024} KB; only its first {Cap / 1024} KB are shown. Read the rest with read_file.";

    /// <returns>Null when the bytes are not text.</returns>
    private static string? Decode(byte[] bytes)
    {
        // UTF-16 is full of zero bytes, and is text all the same.
        Encoding encoding = bytes switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => Encoding.UTF8,
        };
        if (encoding == Encoding.UTF8 && bytes.Contains((byte)0))
        {
            return null;
        }

        // Without flushing: the last character may have been cut in two.
        var decoder = encoding.GetDecoder();
        var chars = new char[encoding.GetMaxCharCount(bytes.Length)];
        var count = decoder.GetChars(bytes, 0, bytes.Length, chars, 0, flush: false);
        return new string(chars, 0, count).TrimStart('\uFEFF');
    }
}
