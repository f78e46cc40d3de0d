using Microsoft.Extensions.DependencyInjection;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Supervision;

namespace Sage.Sandbox.Tests;

public sealed class SandboxRegistrationTests
{
    [Fact]
    public void Commands_are_run_by_our_own_executable()
    {
        using var provider = new ServiceCollection().AddSageSandbox().BuildServiceProvider();

        Assert.NotNull(provider.GetRequiredService<CommandRunner>());
        var launch = provider.GetRequiredService<SupervisorLaunch>();
        Assert.Equal(Environment.ProcessPath, launch.Executable);
        Assert.Equal("supervise", Assert.Single(launch.Arguments));
    }
}
