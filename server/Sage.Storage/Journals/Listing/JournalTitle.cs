using System.Text.Json;
using Sage.Agent.Sessions;

namespace Sage.Storage.Journals.Listing;

/// <summary>
/// Finds a session's title in the head of its journal: the name it was given, else the first line of its first prompt. The name is
/// asked for while the first prompt is answered, so it stands near the beginning or nowhere.
/// </summary>
internal static class JournalTitle
{
    private const int FirstLook = 16 * 1024;
    private const int LastLookForName = 128 * 1024;
    private const int LastLook = 8 * 1024 * 1024;

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
            var (isJournal, prompt, name) = Find(head.AsSpan(0, read));
            var isEnough = name is not null || !isJournal || (prompt is not null && size >= LastLookForName);
            if (isEnough || read < size || size >= LastLook)
            {
                return isJournal ? name ?? prompt ?? "" : null;
            }
        }
    }

    private static (bool IsJournal, string? Prompt, string? Name) Find(ReadOnlySpan<byte> head)
    {
        var isJournal = false;
        string? prompt = null;
        while (!head.IsEmpty)
        {
            var end = head.IndexOf((byte)'\n');
            var line = end < 0 ? head : head[..end];
            var (type, text) = ReadEvent(line);
            isJournal |= type is not null;
            if (type == "sessionTitled" && text is not null)
            {
                return (isJournal, prompt, SessionTitle.OfPrompt(text));
            }
            prompt ??= text is null ? null : SessionTitle.OfPrompt(text);
            head = end < 0 ? [] : head[(end + 1)..];
        }
        return (isJournal, prompt, null);
    }

    // A line may be cut off by the end of the head: the reader gives what is there.
    private static (string? Type, string? Text) ReadEvent(ReadOnlySpan<byte> line)
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
                var isText =
                    (type == "turnStarted" && reader.ValueTextEquals("prompt"u8))
                    || (type == "sessionTitled" && reader.ValueTextEquals("title"u8));
                if ((isType || isText) && reader.Read() && reader.TokenType is JsonTokenType.String)
                {
                    if (isText)
                    {
                        return (type, reader.GetString());
                    }
                    type = reader.GetString();
                    if (type is not ("turnStarted" or "sessionTitled"))
                    {
                        break;
                    }
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Damaged: opening the session will say so.
        }
        return (type, null);
    }
}
