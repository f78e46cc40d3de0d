using System.Buffers.Binary;
using System.Text;

namespace Sage.Tools.Checkpoints.Commands;

/// <summary>
/// What git's index says about the files of a repository: which content each had when git last looked. Read only; git itself is not
/// run, and nothing of the repository's configuration is obeyed.
/// </summary>
internal sealed class GitIndex
{
    private const int HeaderSize = 12;
    private const int EntrySize = 62;
    private const int ObjectAt = 40;
    private const int HashSize = 20;
    private const int LongestFile = 256 * 1024 * 1024;
    private readonly Dictionary<string, Entry> _entries;
    private readonly byte[] _bytes;
    private readonly FileStamp _stamp;

    private GitIndex(Dictionary<string, Entry> entries, byte[] bytes, FileStamp stamp) =>
        (_entries, _bytes, _stamp) = (entries, bytes, stamp);

    /// <summary>The index of the repository at this folder; null where there is none that can be read.</summary>
    /// <param name="root">The top of the working tree.</param>
    /// <param name="last">What was read there before; still good when the file is the same.</param>
    public static GitIndex? TryRead(string root, GitIndex? last = null)
    {
        try
        {
            var file = new FileInfo(Path.Combine(FolderOf(root) ?? "", "index"));
            if (file is not { Exists: true, Length: >= HeaderSize and < LongestFile })
            {
                return null;
            }

            var stamp = new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks);
            if (last?._stamp == stamp)
            {
                return last;
            }

            var bytes = File.ReadAllBytes(file.FullName);
            return TryParse(bytes) is { } entries ? new GitIndex(entries, bytes, stamp) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The entry with what the file holds; null when it may hold something else.</summary>
    public Entry? Find(string path, FileStamp stamp) =>
        _entries.TryGetValue(path, out var entry)
        && entry.Size == (uint)stamp.Size
        && entry.Written == stamp.Written
        // Written in the same moment as the index, it may have been written once more after git looked.
        && entry.Written < _stamp.Written
            ? entry
            : null;

    /// <summary>The object's name, in hexadecimal.</summary>
    public string ObjectOf(Entry entry) => Convert.ToHexStringLower(_bytes.AsSpan(entry.ObjectAt, HashSize));

    /// <returns>Null when the format is one that is not known here.</returns>
    internal static Dictionary<string, Entry>? TryParse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSize || !bytes.StartsWith("DIRC"u8))
        {
            return null;
        }

        var version = BinaryPrimitives.ReadInt32BigEndian(bytes[4..]);
        var count = BinaryPrimitives.ReadInt32BigEndian(bytes[8..]);
        if (version is < 2 or > 4 || count < 0 || count > bytes.Length / EntrySize)
        {
            return null;
        }

        var entries = new Dictionary<string, Entry>(count, StringComparer.Ordinal);
        var (position, path) = (HeaderSize, Array.Empty<byte>());
        for (var i = 0; i < count; i++)
        {
            if (!TryParseEntry(bytes, version, ref position, ref path, entries))
            {
                return null;
            }
        }

        // A split index keeps the rest of its entries in another file.
        return bytes[position..].StartsWith("link"u8) ? null : entries;
    }

    private static bool TryParseEntry(
        ReadOnlySpan<byte> bytes,
        int version,
        ref int position,
        ref byte[] path,
        Dictionary<string, Entry> entries
    )
    {
        if (bytes.Length - position < EntrySize + 2)
        {
            return false;
        }

        var entryAt = position;
        var entry = bytes[position..];
        var flags = BinaryPrimitives.ReadUInt16BigEndian(entry[60..]);
        var isExtended = version >= 3 && (flags & 0x4000) != 0;
        var extended = isExtended ? BinaryPrimitives.ReadUInt16BigEndian(entry[EntrySize..]) : 0;
        var start = EntrySize + (isExtended ? 2 : 0);
        var prefix = version == 4 ? PrefixOf(entry, ref start, path) : [];
        var length = entry[start..].IndexOf((byte)0);
        if (length < 0 || prefix is null)
        {
            return false;
        }

        path = [.. prefix, .. entry.Slice(start, length)];
        position += version == 4 ? start + length + 1 : (start + length + 8) & ~7;
        const int regularFile = 0x8;
        var isRegular = BinaryPrimitives.ReadUInt32BigEndian(entry[24..]) >> 12 == regularFile;
        // Neither a conflict, nor left out of the working tree, nor only announced.
        var isPlain = (flags & 0x3000) == 0 && (extended & 0x6000) == 0;
        if (isRegular && isPlain && position <= bytes.Length)
        {
            entries[Encoding.UTF8.GetString(path)] = EntryOf(entry, entryAt + ObjectAt);
        }

        return position <= bytes.Length;
    }

    private static Entry EntryOf(ReadOnlySpan<byte> entry, int objectAt)
    {
        var seconds = BinaryPrimitives.ReadUInt32BigEndian(entry[8..]);
        var nanoseconds = BinaryPrimitives.ReadUInt32BigEndian(entry[12..]);
        return new Entry(
            BinaryPrimitives.ReadUInt32BigEndian(entry[36..]),
            DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond) + (nanoseconds / 100),
            objectAt,
            (int)BinaryPrimitives.ReadUInt32BigEndian(entry[24..]) & 0x1FF
        );
    }

    // Version 4 writes a path as what it shares with the one before it, and the rest.
    private static byte[]? PrefixOf(ReadOnlySpan<byte> entry, ref int start, byte[] last)
    {
        long strip = 0;
        for (var more = true; more; start++)
        {
            if (start >= entry.Length || strip > last.Length)
            {
                return null;
            }

            more = (entry[start] & 0x80) != 0;
            strip = (strip << 7) + (entry[start] & 0x7F);
            strip += more ? 1 : 0;
        }

        return strip <= last.Length ? last[..^(int)strip] : null;
    }

    /// <summary>The folder in which git keeps what belongs to this working tree.</summary>
    private static string? FolderOf(string root)
    {
        var git = Path.Combine(root, ".git");
        if (Directory.Exists(git))
        {
            return git;
        }

        const string mark = "gitdir: ";
        return
            File.Exists(git)
            && File.ReadLines(git).FirstOrDefault() is { } line
            && line.StartsWith(mark, StringComparison.Ordinal)
            ? Path.GetFullPath(line[mark.Length..].Trim(), root)
            : null;
    }

    /// <param name="Size">Bytes, as far as 32 bits go.</param>
    /// <param name="Written">Ticks, UTC.</param>
    /// <param name="ObjectAt">Where the object's hash stands in the file.</param>
    /// <param name="Mode">Permission bits.</param>
    internal readonly record struct Entry(uint Size, long Written, int ObjectAt, int Mode);
}
