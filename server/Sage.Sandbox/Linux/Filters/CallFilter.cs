using System.Runtime.InteropServices;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Linux.Filters;

/// <summary>The program that the kernel runs before each system call of a command: it refuses with an error number, as a rule.</summary>
/// <remarks>
/// It sees numbers only, never paths. What it decides by the number of a call alone, the kernel decides once and remembers.
/// </remarks>
/// <param name="architecture">x64 or arm64.</param>
internal sealed class CallFilter(Architecture architecture)
{
    public const uint Allow = 0x7fff_0000; // SECCOMP_RET_ALLOW
    public const uint KillProcess = 0x8000_0000; // SECCOMP_RET_KILL_PROCESS
    public const uint NotPermitted = Error | 1; // EPERM
    public const uint AccessDenied = Error | 13; // EACCES
    public const uint NoSuchCall = Error | 38; // ENOSYS

    private const uint Error = 0x0005_0000; // SECCOMP_RET_ERRNO
    private const uint X64 = 0xC000_003E; // AUDIT_ARCH_X86_64
    private const uint Arm64 = 0xC000_00B7; // AUDIT_ARCH_AARCH64

    // struct seccomp_data: the number, the processor, where the call came from, and the arguments.
    private const uint NumberField = 0;
    private const uint ArchitectureField = 4;
    private const uint FirstArgument = 16;
    private const uint SecondArgument = 24;

    // All kinds of namespaces but that of time, which is another thing in the flags of clone.
    private const uint NewNamespaces = 0x7E02_0000;
    private const uint NewTimeNamespace = 0x80;

    private const uint UnixFamily = 1;
    private const uint InternetFamily = 2;
    private const uint Internet6Family = 10;
    private const uint NetlinkFamily = 16;
    private const uint SocketTypeBits = 0xf;
    private const uint RawSocket = 3;

    private const uint TypeIntoTerminal = 0x5412; // TIOCSTI
    private const uint ConsoleControl = 0x541C; // TIOCLINUX

    /// <param name="network">Whether it may use the network.</param>
    /// <param name="othersAreSafe">True when something else keeps it from looking into other processes.</param>
    public FilterInstruction[] For(NetworkAccess network, bool othersAreSafe) =>
        [
            Load(ArchitectureField),
            new(FilterInstruction.IfEqual, 1, 0, architecture == Architecture.Arm64 ? Arm64 : X64),
            Return(KillProcess),
            Load(NumberField),
            .. architecture == Architecture.X64 ? OtherNumbers() : [],
            .. RefusedCalls.Unknown.SelectMany(call => Refuse(call, NoSuchCall)),
            .. RefusedCalls.Always.SelectMany(call => Refuse(call, NotPermitted)),
            .. othersAreSafe ? [] : RefusedCalls.OtherProcesses.SelectMany(call => Refuse(call, NotPermitted)),
            // Its flags lie in memory, where they cannot be looked at; the C library then uses the older call.
            .. Refuse(RefusedCalls.Clone3, NoSuchCall),
            .. Only(RefusedCalls.Clone, RefuseBits(NewNamespaces)),
            .. Only(RefusedCalls.Unshare, RefuseBits(NewNamespaces | NewTimeNamespace)),
            .. Only(RefusedCalls.DeviceControl, Terminals()),
            .. Only(RefusedCalls.Socket, network == NetworkAccess.Off ? UnixSockets() : OrdinarySockets()),
            Return(Allow),
        ];

    /// <summary>Whether there is a program for this processor.</summary>
    public bool IsKnown => architecture is Architecture.X64 or Architecture.Arm64;

    // The x32 calls, and their numbers without the mark, which old kernels take for them.
    private static FilterInstruction[] OtherNumbers() =>
        [
            new(FilterInstruction.IfAtLeast, 0, 1, 0x4000_0000),
            Return(NoSuchCall),
            new(FilterInstruction.IfAtLeast, 0, 2, 512),
            new(FilterInstruction.IfAtLeast, 1, 0, 548),
            Return(NoSuchCall),
        ];

    private IEnumerable<FilterInstruction> Refuse(CallNumber call, uint answer) => Only(call, [Return(answer)]);

    // The number of the call is loaded whenever one is compared: a decision that loads something else has to end with an answer.
    private IEnumerable<FilterInstruction> Only(CallNumber call, FilterInstruction[] decision) =>
        call.On(architecture) is var number and >= 0
            ? [new(FilterInstruction.IfEqual, 0, (byte)decision.Length, (uint)number), .. decision]
            : [];

    private static FilterInstruction[] RefuseBits(uint bits) =>
        [Load(FirstArgument), new(FilterInstruction.IfAnyBit, 0, 1, bits), Return(NotPermitted), Return(Allow)];

    private static FilterInstruction[] Terminals() =>
        [
            Load(SecondArgument),
            new(FilterInstruction.IfEqual, 1, 0, TypeIntoTerminal),
            new(FilterInstruction.IfEqual, 0, 1, ConsoleControl),
            Return(NotPermitted),
            Return(Allow),
        ];

    private static FilterInstruction[] UnixSockets() =>
        [Load(FirstArgument), new(FilterInstruction.IfEqual, 1, 0, UnixFamily), Return(AccessDenied), Return(Allow)];

    // What goes over the wire as it is, or is for devices and other computers' insides, is refused.
    private static FilterInstruction[] OrdinarySockets() =>
        [
            Load(FirstArgument),
            new(FilterInstruction.IfEqual, 7, 0, UnixFamily),
            new(FilterInstruction.IfEqual, 6, 0, NetlinkFamily),
            new(FilterInstruction.IfEqual, 1, 0, InternetFamily),
            new(FilterInstruction.IfEqual, 0, 3, Internet6Family),
            Load(SecondArgument),
            new(FilterInstruction.And, 0, 0, SocketTypeBits),
            new(FilterInstruction.IfEqual, 0, 1, RawSocket),
            Return(AccessDenied),
            Return(Allow),
        ];

    private static FilterInstruction Load(uint field) => new(FilterInstruction.LoadWord, 0, 0, field);

    private static FilterInstruction Return(uint answer) => new(FilterInstruction.Return, 0, 0, answer);
}
