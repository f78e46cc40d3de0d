using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.Json;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Supervision;

/// <summary>The supervisor's original error stream: JSON lines for its client. The command never gets it.</summary>
[UnsupportedOSPlatform("windows")]
internal static unsafe class StatusChannel
{
    private const int Descriptor = 2;

    /// <summary>Writes one line; a client that is gone misses nothing.</summary>
    public static void Write(StatusLine line)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, StatusJson.Default.StatusLine), (byte)'\n'];
        fixed (byte* start = bytes)
        {
            var written = 0;
            while (written < bytes.Length)
            {
                var count = Libc.Write(Descriptor, start + written, (nuint)(bytes.Length - written));
                if (count < 0 && Marshal.GetLastPInvokeError() != PosixConstants.Eintr)
                {
                    return;
                }

                written += Math.Max(0, (int)count);
            }
        }
    }
}
