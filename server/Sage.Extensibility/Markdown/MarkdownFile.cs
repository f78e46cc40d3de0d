using System.Text;
using Sage.Extensibility.Memory;

namespace Sage.Extensibility.Markdown;

/// <summary>A Markdown file that people wrote for Sage to read: small, and text.</summary>
internal static class MarkdownFile
{
    /// <summary>Longer ones are a mistake, or not meant for us.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>Its text; null when there is no such file.</summary>
    /// <param name="problem">Why there is no text although there is a file.</param>
    public static string? Read(string path, out string? problem)
    {
        problem = null;
        try
        {
            if (SmallFile.Read(path, MostBytes) is not { } file)
            {
                return File.Exists(path) ? "" : null;
            }

            var text = file.Length > MostBytes ? null : Decode(file.Bytes);
            problem =
                file.Length > MostBytes ? $"it is longer than {MostBytes / 1024} KB"
                : text is null ? "it is not a text file"
                : null;
            return text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"it could not be read: {e.Message}";
            return null;
        }
    }

    // With a byte order mark UTF-16 is read, too.
    private static string? Decode(byte[] bytes)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        var text = reader.ReadToEnd();
        return text.Contains('\0', StringComparison.Ordinal) ? null : text;
    }
}
