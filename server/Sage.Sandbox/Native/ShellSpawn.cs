using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sage.Sandbox.Supervision.Streams;

namespace Sage.Sandbox.Native;

/// <summary>Starts the shell of a command on macOS with <c>posix_spawn</c>; nothing there could tie it to us any closer.</summary>
[UnsupportedOSPlatform("windows")]
internal static unsafe class ShellSpawn
{
    /// <summary>
    /// The shell gets a session of its own, default signal handling, <c>/dev/null</c> as input, and our output as both its
    /// output and its error stream, unless other streams are named.
    /// </summary>
    /// <param name="arguments">The program's own path comes first.</param>
    /// <param name="streams">What it gets in place of nothing and of our output.</param>
    /// <param name="pid">The shell.</param>
    /// <returns>0, or an errno.</returns>
    public static int Start(string[] arguments, ShellStreams? streams, out int pid)
    {
        using var image = new ShellImage(arguments);
        var attributes = stackalloc long[ShellImage.OpaqueSize / sizeof(long)];
        var actions = stackalloc long[ShellImage.OpaqueSize / sizeof(long)];
        Check(Libc.SpawnAttributesInit(attributes));
        Check(Libc.SpawnActionsInit(actions));
        try
        {
            Describe(attributes);
            fixed (byte* nullDevice = "/dev/null\0"u8)
            {
                Check(
                    streams is { } given
                        ? Libc.SpawnActionsAddDup2(actions, given.Input, 0)
                        : Libc.SpawnActionsAddOpen(actions, 0, nullDevice, PosixConstants.ReadOnly, 0)
                );
                Check(Libc.SpawnActionsAddDup2(actions, 1, 1));
                Check(Libc.SpawnActionsAddDup2(actions, streams?.Error ?? 1, 2));
                return Libc.PosixSpawn(out pid, image.Path, actions, attributes, image.Arguments, image.Environment);
            }
        }
        finally
        {
            _ = Libc.SpawnActionsDestroy(actions);
            _ = Libc.SpawnAttributesDestroy(attributes);
        }
    }

    private static void Describe(void* attributes)
    {
        var signals = stackalloc long[ShellImage.OpaqueSize / sizeof(long)];
        // The runtime ignores SIGPIPE, and ignored signals stay ignored across exec: `yes | head` would misbehave.
        Check(Libc.SigEmptySet(signals));
        Check(Libc.SigAddSet(signals, PosixConstants.Sigpipe));
        Check(Libc.SpawnAttributesSetDefaultSignals(attributes, signals));
        Check(Libc.SigEmptySet(signals));
        Check(Libc.SpawnAttributesSetSignalMask(attributes, signals));
        Check(
            Libc.SpawnAttributesSetFlags(
                attributes,
                (short)(
                    PosixConstants.SpawnSetDefaultSignals
                    | PosixConstants.SpawnSetSignalMask
                    | PosixConstants.SpawnSetSession
                )
            )
        );
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
