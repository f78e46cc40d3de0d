using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sage.Tools.Files.Disk;

/// <summary>
/// Opens what the path guard has looked at, and nothing else: a path without symbolic links. Where one has been put in
/// between, opening fails.
/// </summary>
internal static partial class RealFile
{
    // <fcntl.h>; the same on x64 and arm64 but for these two.
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int WriteOnly = 0x1;
    private const int PathOnly = 0x200000;
    private static readonly int Folder =
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;

    private const int TooManyLinks = 40;
    private const int NotImplemented = 38;
    private const int NotPermitted = 1;

    /// <param name="realPath">Absolute, links resolved.</param>
    /// <exception cref="IOException">It is not there, or a link is on the path.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SafeFileHandle OpenRead(string realPath) =>
        // A pipe in the place of a file must not make anybody wait.
        TryOpen(realPath, CloseOnExec | NonBlocking) ?? File.OpenHandle(realPath, options: FileOptions.Asynchronous);

    public static async Task<byte[]> ReadAllBytesAsync(string realPath, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(OpenRead(realPath), FileAccess.Read, bufferSize: 0);
        var bytes = new byte[stream.Length];
        return bytes[
            ..await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken)
        ];
    }

    public static byte[] ReadAllBytes(string realPath)
    {
        using var stream = new FileStream(OpenRead(realPath), FileAccess.Read, bufferSize: 0);
        var bytes = new byte[stream.Length];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    /// <summary>Opens a file to write over it where it is.</summary>
    /// <param name="realPath">Absolute, links resolved; there.</param>
    /// <exception cref="IOException">It is not there, or a link is on the path.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static SafeFileHandle OpenWrite(string realPath) =>
        TryOpen(realPath, CloseOnExec | NonBlocking | WriteOnly)
        ?? File.OpenHandle(realPath, FileMode.Open, FileAccess.Write, FileShare.Read);

    public static void Delete(string realPath)
    {
        using var folder = PinnedFolder.Of(realPath);
        folder.Do(() => File.Delete(folder[realPath]));
    }

    /// <summary>Never replaces another.</summary>
    public static void Move(string realPath, string to)
    {
        using var from = PinnedFolder.Of(realPath);
        using var target = PinnedFolder.Of(to);
        from.Do(() => target.Do(() => File.Move(from[realPath], target[to], overwrite: false)));
    }

    /// <summary>A folder by a handle, through which it can be used whatever becomes of its path; null where the system has none.</summary>
    /// <exception cref="IOException">It is not there, or a link is on the path.</exception>
    public static SafeFileHandle? TryPin(string realFolder) => TryOpen(realFolder, CloseOnExec | PathOnly | Folder);

    /// <returns>Null where the kernel cannot.</returns>
    private static SafeFileHandle? TryOpen(string realPath, int flags)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        const long openAt2 = 437;
        const nint currentFolder = -100;
        const ulong noMagicLinks = 0x2;
        const ulong noSymbolicLinks = 0x4;
        var how = new OpenHow { Flags = (ulong)(uint)flags, Resolve = noMagicLinks | noSymbolicLinks };
        var descriptor = OpenAt2(openAt2, currentFolder, realPath, ref how, Marshal.SizeOf<OpenHow>());
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : Marshal.GetLastPInvokeError() switch
            {
                NotImplemented or NotPermitted => null,
                TooManyLinks => throw new IOException(
                    $"A symbolic link was put on the path {realPath} while it was being used. Nothing was read or written there."
                ),
                13 => throw new UnauthorizedAccessException($"Access to the path '{realPath}' is denied."),
                2 or 20 => throw new FileNotFoundException($"Could not find '{realPath}'.", realPath),
                var error => throw new IOException($"{new Win32Exception(error).Message}: '{realPath}'"),
            };
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenAt2(long number, nint folder, string path, ref OpenHow how, nint size);
}
