using System.Buffers;
using System.IO.Hashing;
using System.Text;

namespace Sage.Storage;

/// <summary>Turns names from outside (folders, model-made ids) into names that are safe on every file system.</summary>
internal static class FileNames
{
    private const int MaxLength = 64;
    private static readonly SearchValues<char> Safe = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
    );

    /// <summary>True when the text can be a file name as it stands: no separators, no dots, not long.</summary>
    public static bool IsSafe(string text) =>
        text.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExcept(Safe);

    /// <summary>The text itself when it is safe; otherwise what is safe of it and a hash, so that two texts never share a name.</summary>
    public static string ToSafe(string text) => IsSafe(text) ? text : $"{Slug(text)}-{ShortHash(text)}";

    /// <summary>A readable name for a folder on disk, different for each full path: <c>my-app-1f0c9b2a77de</c>.</summary>
    public static string ForWorkspace(string root)
    {
        // The same folder comes with either case of the drive letter on Windows.
        var identity = OperatingSystem.IsWindows() ? root.ToUpperInvariant() : root;
        return $"{Slug(Path.GetFileName(root))}-{ShortHash(identity)}";
    }

    private static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var character in text)
        {
            if (slug.Length == 40)
            {
                break;
            }
            if (Safe.Contains(character))
            {
                slug.Append(char.ToLowerInvariant(character));
            }
            else if (slug is not [.., '-'])
            {
                slug.Append('-');
            }
        }
        var trimmed = slug.ToString().Trim('-');
        return trimmed.Length > 0 ? trimmed : "root";
    }

    private static string ShortHash(string text) =>
        Convert.ToHexStringLower(XxHash64.Hash(Encoding.UTF8.GetBytes(text)))[..12];
}
