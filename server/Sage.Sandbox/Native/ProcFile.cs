using System.Runtime.Versioning;
using System.Text;

namespace Sage.Sandbox.Native;

/// <summary>Reads a small file of <c>/proc</c> by system call: a process that has gone meanwhile is ordinary, and must not cost an exception.</summary>
[UnsupportedOSPlatform("windows")]
internal static unsafe class ProcFile
{
    private const int FirstSize = 4 * 1024;
    private const int LongestTarget = 1024;
    private const int LargestSize = 4 * 1024 * 1024;

    /// <summary>Empty when it cannot be read.</summary>
    public static ReadOnlySpan<byte> Read(string path)
    {
        var descriptor = Libc.Open(path, PosixConstants.ReadOnly | PosixConstants.CloseOnExec, 0);
        if (descriptor < 0)
        {
            return [];
        }

        try
        {
            return ReadAll(descriptor);
        }
        finally
        {
            _ = Libc.Close(descriptor);
        }
    }

    /// <summary>Where a symbolic link leads; null when it cannot be read.</summary>
    public static string? Target(string link)
    {
        var buffer = stackalloc byte[LongestTarget];
        var length = Libc.ReadLink(link, buffer, LongestTarget);
        return length > 0 ? Encoding.UTF8.GetString(buffer, (int)length) : null;
    }

    private static ReadOnlySpan<byte> ReadAll(int descriptor)
    {
        var bytes = new byte[FirstSize];
        var length = 0;
        while (true)
        {
            fixed (byte* start = bytes)
            {
                var count = Libc.Read(descriptor, start + length, (nuint)(bytes.Length - length));
                if (count <= 0)
                {
                    return bytes.AsSpan(0, length);
                }

                length += (int)count;
            }

            if (length == bytes.Length)
            {
                if (length >= LargestSize)
                {
                    return bytes;
                }

                Array.Resize(ref bytes, 2 * length);
            }
        }
    }
}
