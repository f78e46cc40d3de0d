using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Supervision.Streams;

/// <summary>
/// The error stream of a shell that talks to the client through its input and output: what it says there goes over the status
/// channel as text, so that it can neither spoil what is said on the output nor forge the supervisor's own words.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed unsafe class ErrorRelay
{
    private const int BufferSize = 4096;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private int _shellSide;

    public ErrorRelay()
    {
        var ends = stackalloc int[2];
        // On macOS descriptors are closed in what is spawned all the same: see PosixConstants.SpawnSetSession.
        var made = OperatingSystem.IsLinux() ? Libc.Pipe2(ends, PosixConstants.CloseOnExec) : Libc.Pipe(ends);
        if (made != 0)
        {
            throw new InvalidOperationException($"No pipe: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        (Descriptor, _shellSide) = (ends[0], ends[1]);
    }

    /// <summary>Readable when the shell has said something; -1 when nobody can any more.</summary>
    public int Descriptor { get; private set; }

    /// <summary>The shell reads what the client writes.</summary>
    public ShellStreams Streams => new(0, _shellSide);

    /// <summary>From now on only the shell and what it starts hold the other end.</summary>
    public void ShellStarted()
    {
        _ = Libc.Close(_shellSide);
        _shellSide = -1;
    }

    /// <summary>Passes on what there is. Called when the descriptor is readable.</summary>
    public void Pass()
    {
        var bytes = stackalloc byte[BufferSize];
        var length = Libc.Read(Descriptor, bytes, BufferSize);
        if (length < 0 && Marshal.GetLastPInvokeError() == PosixConstants.Eintr)
        {
            return;
        }

        if (length <= 0)
        {
            _ = Libc.Close(Descriptor);
            Descriptor = -1;
            return;
        }

        var chars = new char[BufferSize + 1];
        var count = _decoder.GetChars(new ReadOnlySpan<byte>(bytes, (int)length), chars, flush: false);
        if (count > 0)
        {
            StatusChannel.Write(new(Said: new string(chars, 0, count)));
        }
    }

    /// <summary>Passes on what was said last, without waiting for more.</summary>
    public void PassRest()
    {
        var source = new PollDescriptor { Descriptor = Descriptor, Events = PosixConstants.PollIn };
        while (Descriptor >= 0 && Libc.Poll(&source, 1, 0) > 0)
        {
            Pass();
        }
    }
}
