using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sage.Sandbox.Linux.Filters;
using Sage.Sandbox.Linux.Mounts;
using Sage.Sandbox.Native;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Linux;

/// <summary>Writes down the system calls with which a child walls itself in, and what walls these make.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class WallScript : IDisposable
{
    private const nint NoNewPrivileges = 38; // PR_SET_NO_NEW_PRIVS
    private const nint FilterMode = 1; // SECCOMP_SET_MODE_FILTER

    private readonly WallOrder _order;
    private readonly MountUse _mounts;
    private readonly int _ruleset = -1;
    private readonly LandlockPlan? _plan;

    public WallScript(WallOrder order, MountUse mounts)
    {
        (_order, _mounts) = (order, mounts);
        if (mounts != MountUse.None)
        {
            MountCalls.Write(
                Calls,
                MountPlan.For(order.Real, mounts == MountUse.Everything ? MountTable.WritableMounts() : [])
            );
            MountCount = Calls.Count;
        }

        Calls.Add("no new privileges", SystemCalls.Prctl, NoNewPrivileges, 1);
        Capabilities.Write(Calls);
        if (order.Features.Landlock > 0)
        {
            _plan = LandlockPlan.For(order.Real, order.Walls.Network, order.Features.Landlock, Files);
            _ruleset = Landlock.Create(_plan, order.Features.Landlock);
            Calls.Add("Landlock", SystemCalls.LandlockRestrictSelf, _ruleset);
        }

        if (order.Features.Filter)
        {
            AddFilter();
        }

        // A change of credentials may have taken it back.
        Calls.Add("parent's death", SystemCalls.Prctl, LinuxConstants.SetParentDeathSignal, PosixConstants.Sigkill);
    }

    public CallScript Calls { get; } = new();

    /// <summary>The walls that stand when all calls have worked.</summary>
    public WallsInForce Walls =>
        new(
            Files,
            _order.Walls.Network == NetworkAccess.Off && _order.Features.Filter,
            _plan?.Closed ?? [],
            [.. MissingWalls.Of(_order, _mounts)]
        );

    /// <summary>Why there cannot be any; null when there can.</summary>
    public string? Failure =>
        _plan is not null && _ruleset < 0
            ? "The sandbox could not be put up, so the command was not run: Landlock: "
                + $"{Marshal.GetPInvokeErrorMessage(-_ruleset)}."
            : null;

    private int MountCount { get; }

    private FileWall Files =>
        _order.Features.Landlock == 0 ? FileWall.None
        : _mounts == MountUse.None ? FileWall.Entries
        : FileWall.Mounts;

    /// <summary>Whether a call is about mounts, which can be done without.</summary>
    public bool IsMount(int step) => step < MountCount;

    public void Dispose()
    {
        Calls.Dispose();
        if (_ruleset >= 0)
        {
            _ = Libc.Close(_ruleset);
        }
    }

    private void AddFilter()
    {
        var filter = new CallFilter(RuntimeInformation.ProcessArchitecture);
        var instructions = filter.For(_order.Walls.Network, othersAreSafe: _order.Features.Landlock > 0);
        var program = new FilterProgram
        {
            Length = (ushort)instructions.Length,
            Instructions = Calls.Bytes(MemoryMarshal.AsBytes(instructions.AsSpan())),
        };
        var pointer = Calls.Bytes(new ReadOnlySpan<byte>(&program, sizeof(FilterProgram)));
        Calls.Add("filter of system calls", SystemCalls.Seccomp, FilterMode, 0, pointer);
    }

    /// <summary><c>struct sock_fprog</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FilterProgram
    {
        public ushort Length;
        public nint Instructions;
    }
}
