using System.Runtime.Versioning;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Linux;
using Sage.Sandbox.Supervision;
using Sage.Sandbox.Walls;
using Sage.SupervisorHost;

namespace Sage.Sandbox.Tests.Walls;

[SupportedOSPlatform("linux")]
public sealed class SandboxSupportTests
{
    [Fact]
    public async Task A_trial_shows_what_can_be_had()
    {
        var support = await SandboxSupport.TryAsync(TestSupervisor.Runner, CancellationToken.None);

        Assert.Equal(
            [$"Landlock {KernelFeatures.OfThisComputer.Landlock}", "a filter of system calls", "mounts of its own"],
            support.Means.ToArray()
        );
        Assert.Empty(support.Missing);
    }

    [Fact]
    public async Task Without_mounts_the_trial_says_what_is_missing()
    {
        using var runner = new CommandRunner(TestSupervisor.Launch, EnvironmentScrub.Default, TimeProvider.System)
        {
            Pretended = KernelFeatures.OfThisComputer with { Mounts = false },
        };

        var support = await SandboxSupport.TryAsync(runner, CancellationToken.None);

        Assert.Equal(2, support.Means.Length);
        Assert.Contains("mounts of its own", Assert.Single(support.Missing), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_supervisor_there_is_no_trial()
    {
        using var runner = new CommandRunner(
            new SupervisorLaunch("/no/such/program", []),
            EnvironmentScrub.Default,
            TimeProvider.System
        );

        await Assert.ThrowsAsync<CommandStartException>(() => SandboxSupport.TryAsync(runner, CancellationToken.None));
    }

    [Fact]
    public void An_old_kernel_has_nothing()
    {
        var support = SandboxSupport.OfLinux(new KernelFeatures(Landlock: 0, Filter: false, Mounts: true));

        Assert.Empty(support.Means);
        Assert.Equal(2, support.Missing.Length);
    }
}
