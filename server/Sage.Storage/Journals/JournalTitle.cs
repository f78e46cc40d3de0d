using System.Text.Json;

namespace Sage.Storage.Journals;

/// <summary>Finds a session's title, the first line of its first prompt, in the head of its journal.</summary>
internal static class JournalTitle
{
    private const int FirstLook = 16 * 1024;
    private const int LastLook = 8 * 1024 * 1024;
    private const int MaxLength = 80;

    /// <returns>Empty when nobody has written a prompt yet; null when the file does not start like a journal.</returns>
    public static string? Read(string path)
    {
        using var file = PrivateFiles.Open(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        for (var size = FirstLook; ; size *= 8)
        {
            var head = new byte[(int)Math.Min(size, file.Length)];
            file.Position = 0;
            var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            var found = Find(head.AsSpan(0, read));
            if (found is not "" || read < size || size >= LastLook)
            {
                return found;
            }
        }
    }

    private static string? Find(ReadOnlySpan<byte> head)
    {
        string? found = null;
        while (!head.IsEmpty)
        {
            var end = head.IndexOf((byte)'\n');
            var line = end < 0 ? head : head[..end];
            var (type, prompt) = ReadEvent(line);
            if (prompt is not null)
            {
                return FirstLineOf(prompt);
            }
            found = type is null ? found : "";
            head = end < 0 ? [] : head[(end + 1)..];
        }
        return found;
    }

    // A line may be cut off by the end of the head: the reader gives what is there.
    private static (string? Type, string? Prompt) ReadEvent(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, isFinalBlock: false, state: default);
        string? type = null;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is not JsonTokenType.PropertyName || reader.CurrentDepth != 2)
                {
                    continue;
                }
                var isType = reader.ValueTextEquals("type"u8);
                var isPrompt = type == "turnStarted" && reader.ValueTextEquals("prompt"u8);
                if ((isType || isPrompt) && reader.Read() && reader.TokenType is JsonTokenType.String)
                {
                    if (isPrompt)
                    {
                        return (type, reader.GetString());
                    }
                    type = reader.GetString();
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Damaged: opening the session will say so.
        }
        return (type, null);
    }

    private static string FirstLineOf(string prompt)
    {
        foreach (var line in prompt.AsSpan().EnumerateLines())
        {
            var text = line.Trim();
            if (!text.IsEmpty)
            {
                return text.Length <= MaxLength ? text.ToString() : Shorten(text);
            }
        }
        return "";
    }

    private static string Shorten(ReadOnlySpan<char> text)
    {
        var length = char.IsHighSurrogate(text[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return $"{text[..length].TrimEnd()}…";
    }
}
