using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Linux;

/// <summary>Finds what a path really leads to.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe class RealPath
{
    private const int LongestPath = 4096; // PATH_MAX

    /// <summary>The path without links; null when there is nothing.</summary>
    public static string? Of(string path)
    {
        var buffer = stackalloc byte[LongestPath];
        return Libc.RealPath(path, buffer) == null
            ? null
            : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer));
    }

    /// <summary>The same, but a link at the very end stays one.</summary>
    public static string? OfEntry(string path) =>
        Path.GetDirectoryName(path) is { } folder && Of(folder) is { } real && Exists(path)
            ? Path.Join(real, Path.GetFileName(path))
            : Of(path);

    private static bool Exists(string path) =>
        Path.GetFileName(path).Length > 0 && (File.Exists(path) || Directory.Exists(path) || IsLink(path));

    /// <summary>True for a symbolic link, wherever it leads.</summary>
    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}
