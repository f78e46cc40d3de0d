namespace Sage.Extensibility.Memory;

/// <summary>Names from the disk, made fit for one line of a prompt: a file's name must not start a section of its own.</summary>
internal static class PlainText
{
    private const int Longest = 100;

    public static string OneLine(string name)
    {
        var line = string.Concat(name.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? '?' : c));
        return line.Length <= Longest ? line : line[..Longest] + "…";
    }
}
