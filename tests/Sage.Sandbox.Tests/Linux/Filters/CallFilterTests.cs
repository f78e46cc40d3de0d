using System.Runtime.InteropServices;
using Sage.Sandbox.Linux.Filters;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Tests.Linux.Filters;

public sealed class CallFilterTests
{
    private const uint X64 = 0xC000003E;
    private const uint Arm64 = 0xC00000B7;
    private const uint I386 = 0x40000003;

    public static TheoryData<Architecture, uint> Processors =>
        new() { { Architecture.X64, X64 }, { Architecture.Arm64, Arm64 } };

    // Family, type, with the network on, with it off.
    public static TheoryData<uint, uint, bool, bool> Sockets =>
        new()
        {
            { 1, 1, true, true },
            { 1, 2 | 0x80000, true, true },
            { 2, 1, true, false },
            { 2, 1 | 0x80800, true, false },
            { 2, 2, true, false },
            { 2, 3, false, false },
            { 2, 3 | 0x80000, false, false },
            { 10, 1, true, false },
            { 10, 2, true, false },
            { 10, 3, false, false },
            { 16, 3, true, false },
            { 17, 3, false, false },
            { 38, 5, false, false },
            { 40, 1, false, false },
            { 44, 3, false, false },
            { 0, 1, false, false },
        };

    [Theory]
    [MemberData(nameof(Processors))]
    public void Each_call_is_answered_as_the_tables_say_and_all_others_are_allowed(Architecture architecture, uint code)
    {
        var expected = new Dictionary<int, uint> { [RefusedCalls.Clone3.On(architecture)] = CallFilter.NoSuchCall };
        Expect(RefusedCalls.Unknown, CallFilter.NoSuchCall);
        Expect(RefusedCalls.Always, CallFilter.NotPermitted);
        Expect([RefusedCalls.Socket], CallFilter.AccessDenied);
        var machine = new FilterMachine(new CallFilter(architecture).For(NetworkAccess.Off, othersAreSafe: true));

        for (var number = 0; number < 512; number++)
        {
            Assert.Equal(expected.GetValueOrDefault(number, CallFilter.Allow), machine.Run(code, number));
        }

        void Expect(CallNumber[] calls, uint answer)
        {
            foreach (var call in calls.Where(call => call.On(architecture) >= 0))
            {
                expected[call.On(architecture)] = answer;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Processors))]
    public void Looking_into_other_processes_is_refused_where_nothing_else_refuses_it(
        Architecture architecture,
        uint code
    )
    {
        var filter = new CallFilter(architecture);

        foreach (var call in RefusedCalls.OtherProcesses)
        {
            Assert.Equal(CallFilter.NotPermitted, Answer(othersAreSafe: false, call));
            Assert.Equal(CallFilter.Allow, Answer(othersAreSafe: true, call));
        }

        uint Answer(bool othersAreSafe, CallNumber call) =>
            new FilterMachine(filter.For(NetworkAccess.Allowed, othersAreSafe)).Run(code, call.On(architecture));
    }

    [Theory]
    [MemberData(nameof(Sockets))]
    public void Sockets_are_told_apart_by_family_and_type(uint family, uint type, bool on, bool off)
    {
        foreach (var row in Processors)
        {
            var (architecture, code) = ((Architecture)row[0], (uint)row[1]);
            var filter = new CallFilter(architecture);
            var number = RefusedCalls.Socket.On(architecture);
            // The kernel looks at the lower half only.
            const ulong noise = 0x7654_3210_0000_0000;

            Assert.Equal(on, Allows(NetworkAccess.Allowed));
            Assert.Equal(off, Allows(NetworkAccess.Off));

            bool Allows(NetworkAccess network) =>
                new FilterMachine(filter.For(network, true)).Run(code, number, noise | family, noise | type)
                == CallFilter.Allow;
        }
    }

    [Theory]
    [InlineData(0x11UL, true)] // fork
    [InlineData(0x3d0f00UL, true)] // a thread
    [InlineData(0x4111UL, true)] // vfork
    [InlineData(0x1000_0011UL, false)]
    [InlineData(0x0002_0011UL, false)]
    [InlineData(0x4000_0011UL, false)]
    [InlineData(0x7E02_0000UL, false)]
    public void A_process_is_started_without_namespaces_only(ulong flags, bool allowed)
    {
        foreach (var row in Processors)
        {
            var architecture = (Architecture)row[0];
            var machine = new FilterMachine(new CallFilter(architecture).For(NetworkAccess.Allowed, true));

            foreach (var call in new[] { RefusedCalls.Clone, RefusedCalls.Unshare })
            {
                Assert.Equal(
                    allowed ? CallFilter.Allow : CallFilter.NotPermitted,
                    machine.Run((uint)row[1], call.On(architecture), flags)
                );
            }
        }
    }

    [Theory]
    [InlineData(0x5401UL, true)] // what isatty asks
    [InlineData(0x5412UL, false)]
    [InlineData(0x541CUL, false)]
    [InlineData(0xFFFF_FFFF_0000_5412UL, false)]
    public void Nothing_is_typed_into_terminals(ulong request, bool allowed)
    {
        var machine = new FilterMachine(new CallFilter(Architecture.X64).For(NetworkAccess.Allowed, true));

        Assert.Equal(allowed ? CallFilter.Allow : CallFilter.NotPermitted, machine.Run(X64, 16, 0, request));
    }

    [Theory]
    [MemberData(nameof(Processors))]
    public void A_call_of_another_processor_ends_the_process(Architecture architecture, uint code)
    {
        var machine = new FilterMachine(new CallFilter(architecture).For(NetworkAccess.Allowed, true));

        foreach (var other in new[] { X64, Arm64, I386, 0u }.Where(other => other != code))
        {
            Assert.Equal(CallFilter.KillProcess, machine.Run(other, 0));
        }
    }

    [Theory]
    [InlineData(0x4000_0000)]
    [InlineData(0x4000_0029)] // socket
    [InlineData(0x4000_0209)]
    [InlineData(521)]
    [InlineData(547)]
    [InlineData(-1)]
    public void The_x32_calls_are_unknown(int number)
    {
        var machine = new FilterMachine(new CallFilter(Architecture.X64).For(NetworkAccess.Allowed, true));

        Assert.Equal(CallFilter.NoSuchCall, machine.Run(X64, number));
        Assert.Equal(CallFilter.Allow, machine.Run(X64, 548));
    }

    [Fact]
    public void The_kernel_takes_an_instruction_for_eight_bytes() =>
        Assert.Equal(8, Marshal.SizeOf<FilterInstruction>());
}
