using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Sage.Sandbox.Native;

/// <summary>Starts the shell of a command with <c>posix_spawn</c>: forking by hand is not safe in a managed process.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe class ShellSpawn
{
    // Larger than any C library's posix_spawnattr_t, posix_spawn_file_actions_t and sigset_t.
    private const int OpaqueSize = 1024;

    /// <summary>
    /// The shell gets a session of its own, default signal handling, <c>/dev/null</c> as input, and our output as both its
    /// output and its error stream.
    /// </summary>
    /// <returns>0, or an errno.</returns>
    public static int Start(string shell, string command, out int pid)
    {
        var attributes = stackalloc long[OpaqueSize / sizeof(long)];
        var actions = stackalloc long[OpaqueSize / sizeof(long)];
        var signals = stackalloc long[OpaqueSize / sizeof(long)];
        Check(Libc.SpawnAttributesInit(attributes));
        Check(Libc.SpawnActionsInit(actions));
        try
        {
            // The runtime ignores SIGPIPE, and ignored signals stay ignored across exec: `yes | head` would misbehave.
            Check(Libc.SigFillSet(signals));
            Check(Libc.SpawnAttributesSetDefaultSignals(attributes, signals));
            Check(Libc.SigEmptySet(signals));
            Check(Libc.SpawnAttributesSetSignalMask(attributes, signals));
            Check(
                Libc.SpawnAttributesSetFlags(
                    attributes,
                    LinuxConstants.SpawnSetDefaultSignals
                        | LinuxConstants.SpawnSetSignalMask
                        | LinuxConstants.SpawnSetSession
                )
            );
            fixed (byte* nullDevice = "/dev/null\0"u8)
            {
                Check(Libc.SpawnActionsAddOpen(actions, 0, nullDevice, LinuxConstants.ReadOnly, 0));
                Check(Libc.SpawnActionsAddDup2(actions, 1, 2));
                return Start(shell, command, actions, attributes, out pid);
            }
        }
        finally
        {
            _ = Libc.SpawnActionsDestroy(actions);
            _ = Libc.SpawnAttributesDestroy(attributes);
        }
    }

    private static int Start(string shell, string command, void* actions, void* attributes, out int pid)
    {
        // Our own environment, byte for byte: decoding and encoding it again would damage what is not UTF-8.
        var environment = File.ReadAllBytes("/proc/self/environ");
        fixed (byte* path = Terminated(shell))
        fixed (byte* flag = "-c\0"u8)
        fixed (byte* text = Terminated(command))
        fixed (byte* variables = environment)
        fixed (nint* environmentPointers = Pointers(environment, (nint)variables))
        {
            var arguments = stackalloc byte*[] { path, flag, text, null };
            return Libc.PosixSpawn(out pid, path, actions, attributes, arguments, (byte**)environmentPointers);
        }
    }

    private static byte[] Terminated(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    private static nint[] Pointers(ReadOnlySpan<byte> environment, nint start)
    {
        var pointers = new nint[environment.Count((byte)0) + 1];
        var (position, count) = (0, 0);
        while (environment[position..].IndexOf((byte)0) is var length and >= 0)
        {
            pointers[count++] = start + position;
            position += length + 1;
        }

        return pointers;
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new InvalidOperationException(
                $"Preparing the shell failed: {Marshal.GetPInvokeErrorMessage(error)}."
            );
        }
    }
}
