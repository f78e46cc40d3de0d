using System.Text;

namespace Sage.Server.Handlers.Workspaces;

/// <summary>Translates between the editor's <c>file:</c> URIs and paths.</summary>
internal static class FileUri
{
    private const string Scheme = "file://";

    /// <summary>How paths are compared here: by case where the file system usually does.</summary>
    public static StringComparer PathComparer { get; } =
        OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>The path of a <c>file:</c> URI; null for documents that are no files.</summary>
    public static string? ToPath(string uri) => ToPath(uri, OperatingSystem.IsWindows());

    /// <summary>The URI of an absolute path, encoded as VS Code does it.</summary>
    public static string FromPath(string path) => FromPath(path, OperatingSystem.IsWindows());

    internal static string? ToPath(string uri, bool windows)
    {
        if (!uri.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = uri[Scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return null;
        }

        var host = rest[..slash];
        var path = Uri.UnescapeDataString(rest[slash..]);
        if (!windows)
        {
            return path;
        }

        if (path.Length >= 3 && path[2] == ':' && char.IsAsciiLetter(path[1]))
        {
            return char.ToUpperInvariant(path[1]) + path[2..].Replace('/', '\\');
        }

        return (host.Length == 0 ? path : $"//{host}{path}").Replace('/', '\\');
    }

    internal static string FromPath(string path, bool windows)
    {
        if (!windows)
        {
            return Scheme + Encode(path);
        }

        var slashed = path.Replace('\\', '/');
        if (slashed.StartsWith("//", StringComparison.Ordinal))
        {
            return "file:" + Encode(slashed);
        }

        // VS Code writes drive letters small and the colon encoded.
        return $"{Scheme}/{char.ToLowerInvariant(slashed[0])}{Encode(slashed[1..])}";
    }

    private static string Encode(string path)
    {
        var encoded = new StringBuilder(path.Length + 16);
        foreach (var part in path.Split('/'))
        {
            encoded.Append(Uri.EscapeDataString(part)).Append('/');
        }

        return encoded.ToString(0, encoded.Length - 1);
    }
}
