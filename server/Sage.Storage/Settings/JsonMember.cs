using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sage.Storage.Settings;

/// <summary>Writes one member of a JSON file that people write: every byte beside it, and every comment, stays.</summary>
internal static class JsonMember
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>Sets a member, and makes the objects around it where there are none.</summary>
    /// <param name="file">All of the file; empty for none.</param>
    /// <param name="path">The names that lead to it, from the root on.</param>
    /// <param name="value">Its value, as JSON.</param>
    /// <exception cref="JsonException">It is no JSON, or not an object.</exception>
    public static byte[] Set(byte[] file, ImmutableArray<string> path, string value)
    {
        var start = file.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        if (file.AsSpan(start).Trim(" \t\r\n"u8).IsEmpty)
        {
            return Encoding.UTF8.GetBytes($"{{\n  {Nested(path, value)}\n}}\n");
        }

        var json = file[start..];
        var edit = Plan(json, path, value);
        return [.. file[..start], .. json[..edit.From], .. Encoding.UTF8.GetBytes(edit.Text), .. json[edit.To..]];
    }

    /// <summary>A list of texts as it is written.</summary>
    public static string ListOf(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Quote))}]";

    private static Edit Plan(byte[] json, ImmutableArray<string> path, string value)
    {
        CheckWhole(json);
        var from = RootOf(json);
        for (var depth = 0; ; depth++)
        {
            var (found, hasMembers) = Find(json, from, path[depth]);
            if (found is not { } member)
            {
                return Insert(json, from, hasMembers, depth + 1, Nested(path[depth..], value));
            }

            if (depth == path.Length - 1)
            {
                return new Edit(member.From, member.To, value);
            }

            if (json[member.From] != '{')
            {
                return new Edit(member.From, member.To, $"{{ {Nested(path[(depth + 1)..], value)} }}");
            }

            from = member.From;
        }
    }

    // What comes behind a member that is found is not looked at otherwise.
    private static void CheckWhole(byte[] json)
    {
        var reader = new Utf8JsonReader(json, LenientJson.ReaderOptions);
        while (reader.Read()) { }
    }

    private static int RootOf(byte[] json)
    {
        var reader = new Utf8JsonReader(json, LenientJson.ReaderOptions);
        reader.Read();
        return reader.TokenType == JsonTokenType.StartObject
            ? (int)reader.TokenStartIndex
            : throw new JsonException("It must be an object: { … }.");
    }

    /// <summary>Where a member's value stands. Of several with one name the last one counts, as for every reader.</summary>
    private static ((int From, int To)? Found, bool HasMembers) Find(byte[] json, int from, string name)
    {
        var reader = new Utf8JsonReader(json.AsSpan(from), LenientJson.ReaderOptions);
        (int, int)? found = null;
        var hasMembers = false;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            hasMembers = true;
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            var start = from + (int)reader.TokenStartIndex;
            reader.Skip();
            found = isIt ? (start, from + (int)reader.BytesConsumed) : found;
        }

        return (found, hasMembers);
    }

    private static Edit Insert(byte[] json, int from, bool hasMembers, int depth, string member)
    {
        var text = Encoding.UTF8.GetString(json);
        var behind = Encoding.UTF8.GetString(json.AsSpan(from + 1));
        var isOnOneLine = hasMembers && !behind[..(behind.Length - behind.TrimStart().Length)].Contains('\n');
        var line = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var unit = IndentOf(text);
        var indent = string.Concat(Enumerable.Repeat(unit, depth));
        var outer = string.Concat(Enumerable.Repeat(unit, depth - 1));
        var added =
            isOnOneLine ? $" {member},"
            : hasMembers ? $"{line}{indent}{member},"
            : $"{line}{indent}{member}{line}{outer}";
        // What an empty object holds are blanks or comments; of the blanks none are needed.
        var blanks = hasMembers ? 0 : behind.Length - behind.TrimStart().Length;
        return new Edit(from + 1, from + 1 + blanks, added);
    }

    private static string IndentOf(string text)
    {
        var first = text.Split('\n').Skip(1).FirstOrDefault(static line => line.TrimStart().StartsWith('"')) ?? "  \"";
        var indent = first[..first.IndexOf('"', StringComparison.Ordinal)];
        return indent.Length == 0 ? "  " : indent;
    }

    private static string Nested(ImmutableArray<string> path, string value)
    {
        var text = $"{Quote(path[^1])}: {value}";
        foreach (var name in path[..^1].Reverse())
        {
            text = $"{Quote(name)}: {{ {text} }}";
        }

        return text;
    }

    private static string Quote(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>What is written in place of what.</summary>
    private sealed record Edit(int From, int To, string Text);
}
