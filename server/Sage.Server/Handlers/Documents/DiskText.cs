using System.Text;

namespace Sage.Server.Handlers.Documents;

/// <summary>Compares the text of a document with the bytes of its file, the way an editor would have read them.</summary>
internal static class DiskText
{
    // Editors do not hand bigger documents to language servers.
    private const long LargestFile = 64 << 20;

    /// <summary>True when the file holds this text: whatever its byte order mark, its line endings or its single-byte encoding.</summary>
    public static bool Equals(string path, string text)
    {
        byte[] bytes;
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                return false;
            }

            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        return SameLines(Decode(bytes), text) || SameLines(Encoding.Latin1.GetString(bytes), text, AsciiOnly);
    }

    private static string Decode(byte[] bytes)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    // An editor may normalise mixed line endings when it opens a file, and calls the document clean all the same.
    private static bool SameLines(string disk, string text, Func<char, char>? fold = null)
    {
        int i = 0,
            j = 0;
        while (i < disk.Length && j < text.Length)
        {
            var a = disk[i++];
            var b = text[j++];
            if (a is '\r' or '\n' && b is '\r' or '\n')
            {
                i += a == '\r' && i < disk.Length && disk[i] == '\n' ? 1 : 0;
                j += b == '\r' && j < text.Length && text[j] == '\n' ? 1 : 0;
            }
            else if (fold is null ? a != b : fold(a) != fold(b))
            {
                return false;
            }
        }

        return i == disk.Length && j == text.Length;
    }

    // Outside ASCII a single-byte encoding may mean anything; the number and place of such characters still has to agree.
    private static char AsciiOnly(char c) => char.IsAscii(c) ? c : '\uFFFD';
}
