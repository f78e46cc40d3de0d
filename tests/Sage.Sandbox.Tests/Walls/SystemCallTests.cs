using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sage.Sandbox.Linux;
using Sage.Sandbox.Linux.Filters;
using Sage.Sandbox.Walls;
using Sage.SupervisorHost;

namespace Sage.Sandbox.Tests.Walls;

/// <summary>The calls themselves, made on this kernel from inside of the walls.</summary>
[SupportedOSPlatform("linux")]
public sealed class SystemCallTests
{
    private const int NotPermitted = 1; // EPERM
    private const int AccessDenied = 13; // EACCES
    private const int NoSuchCall = 38; // ENOSYS

    private static readonly Architecture s_here = RuntimeInformation.ProcessArchitecture;

    [Fact]
    public async Task What_leads_into_the_kernel_or_out_of_the_walls_is_refused()
    {
        using var workspace = new WalledWorkspace();
        var refused = RefusedCalls.Always.Select(call => call.On(s_here)).Where(number => number >= 0).ToList();

        var run = await workspace.RunAsync(TestSupervisor.Attempt([.. refused.Select(number => $"call:{number}")]));

        Assert.Equal(Enumerable.Repeat($"{NotPermitted}", refused.Count), Lines(run));
    }

    [Fact]
    public async Task Requests_that_no_filter_would_see_cannot_be_made()
    {
        using var workspace = new WalledWorkspace { Network = NetworkAccess.Allowed };
        var calls = RefusedCalls
            .Unknown.Append(RefusedCalls.Clone3)
            .Select(call => $"call:{call.On(s_here)}")
            .ToArray();

        var run = await workspace.RunAsync(TestSupervisor.Attempt(calls));

        Assert.Equal(Enumerable.Repeat($"{NoSuchCall}", calls.Length), Lines(run));
    }

    [Fact]
    public async Task No_socket_for_the_network_can_be_made_while_it_is_off()
    {
        using var workspace = new WalledWorkspace { Network = NetworkAccess.Off };
        var socket = RefusedCalls.Socket.On(s_here);
        string[] families = ["2,1", "2,2", "2,3", "10,1", "10,2", "10,3", "17,3", "16,3", "40,1"];

        var run = await workspace.RunAsync(
            TestSupervisor.Attempt([.. families.Select(family => $"call:{socket},{family}")])
        );

        Assert.Equal(Enumerable.Repeat($"{AccessDenied}", families.Length), Lines(run));
    }

    [Theory]
    [InlineData(0x1000_0000)] // users
    [InlineData(0x4000_0000)] // network
    [InlineData(0x0002_0000)] // mounts
    public async Task No_namespace_can_be_made(int kind)
    {
        using var workspace = new WalledWorkspace();

        var run = await workspace.RunAsync(
            TestSupervisor.Attempt(
                $"call:{RefusedCalls.Unshare.On(s_here)},{kind}",
                $"call:{RefusedCalls.Clone.On(s_here)},{kind | 17}"
            )
        );

        Assert.Equal([$"{NotPermitted}", $"{NotPermitted}"], Lines(run));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_process_outside_cannot_be_traced_or_read(bool landlock)
    {
        using var workspace = new WalledWorkspace
        {
            Pretended = KernelFeatures.OfThisComputer with
            {
                Landlock = landlock ? KernelFeatures.OfThisComputer.Landlock : 0,
            },
        };
        using var outside = Process.Start("sleep", new Marker().Sleep.Split(' ')[1]);
        const int attach = 16;
        var trace = RefusedCalls.OtherProcesses[0].On(s_here);

        var run = await workspace.RunAsync(
            TestSupervisor.Attempt($"call:{trace},{attach},{outside.Id}", $"peek:{outside.Id}")
        );

        outside.Kill();
        Assert.Equal([$"{NotPermitted}", $"{NotPermitted}"], Lines(run));
    }

    [Fact]
    public async Task A_program_that_runs_as_somebody_else_gains_nothing()
    {
        using var workspace = new WalledWorkspace();
        await workspace.PrepareAsync(
            "cp $(command -v id) setuid-id && chown 65534 setuid-id 2> /dev/null; chmod u+s setuid-id"
        );

        var run = await workspace.RunAsync("./setuid-id -u; id -u; grep NoNewPrivs /proc/self/status | tr -d '\\t'");

        var lines = Lines(run);
        Assert.Equal(lines[1], lines[0]);
        Assert.Equal("NoNewPrivs:1", lines[2]);
    }

    private static string[] Lines(WalledRun run) => run.Output.TrimEnd().Split('\n');
}
