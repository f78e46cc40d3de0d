using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sage.Tools.Files.Disk;

/// <summary>What the file system knows of a file and .NET does not tell.</summary>
/// <param name="Links">How many names the file has.</param>
/// <param name="Owner">User id; 0 on Windows.</param>
/// <param name="Group">Group id; 0 on Windows.</param>
/// <param name="Type">The type bits of a Unix mode; those of a regular file on Windows.</param>
internal readonly partial record struct FileStatus(uint Links, uint Owner, uint Group, uint Type)
{
    private const int Longest = 256;
    private const uint TypeBits = 0xF000;
    private const uint RegularFile = 0x8000;

    /// <summary>False for pipes, sockets and devices.</summary>
    public bool IsRegular => Type == RegularFile;

    public bool BelongsLike(FileStatus other) => Owner == other.Owner && Group == other.Group;

    /// <summary>Of the file itself when it is no link; null where it cannot be asked.</summary>
    public static FileStatus? Of(string path)
    {
        var buffer = new byte[Longest];
        return OperatingSystem.IsLinux() ? OfLinux(path, buffer)
            : OperatingSystem.IsMacOS() ? OfMac(path, buffer)
            : OperatingSystem.IsWindows() ? OfWindows(path, buffer)
            : null;
    }

    private static FileStatus? OfLinux(string path, byte[] buffer)
    {
        const int currentFolder = -100;
        const uint modeLinksAndOwners = 0x1 | 0x2 | 0x4 | 0x8 | 0x10;
        return StatX(currentFolder, path, 0, modeLinksAndOwners, ref buffer[0]) == 0
            ? new FileStatus(Read(buffer, 16), Read(buffer, 20), Read(buffer, 24), ReadShort(buffer, 28) & TypeBits)
            : null;
    }

    private static FileStatus? OfMac(string path, byte[] buffer)
    {
        var result =
            RuntimeInformation.ProcessArchitecture == Architecture.Arm64
                ? Stat(path, ref buffer[0])
                : StatWithLongInodes(path, ref buffer[0]);
        return result == 0
            ? new FileStatus(ReadShort(buffer, 6), Read(buffer, 16), Read(buffer, 20), ReadShort(buffer, 4) & TypeBits)
            : null;
    }

    private static FileStatus? OfWindows(string path, byte[] buffer)
    {
        using var handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        return GetFileInformationByHandle(handle, ref buffer[0])
            ? new FileStatus(Read(buffer, 40), 0, 0, RegularFile)
            : null;
    }

    private static uint Read(byte[] buffer, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(offset));

    private static uint ReadShort(byte[] buffer, int offset) =>
        BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(offset));

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte buffer);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, ref byte buffer);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatWithLongInodes(string path, ref byte buffer);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandle")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileInformationByHandle(SafeFileHandle handle, ref byte buffer);
}
