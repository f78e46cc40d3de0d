using System.Diagnostics;
using System.Runtime.Versioning;
using Sage.Sandbox.Native;
using Sage.SupervisorHost;

namespace Sage.Sandbox.Tests.Native;

[SupportedOSPlatform("linux")]
public sealed class ShellStartTests
{
    [Fact]
    public async Task A_shell_that_is_not_there_is_named()
    {
        var launch = TestSupervisor.Launch;
        var start = new ProcessStartInfo(
            launch.Executable,
            [.. launch.Arguments, $"{Environment.ProcessId}", "/no/such/shell", "true"]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using var supervisor = Process.Start(start)!;

        var status = await supervisor.StandardError.ReadToEndAsync();

        Assert.Contains(
            "/no/such/shell could not be started: No such file or directory",
            status,
            StringComparison.Ordinal
        );
    }

    /// <summary>macOS starts its shells this way; what is no different here is tried here.</summary>
    [Fact]
    public void A_shell_can_be_spawned_in_a_session_of_its_own()
    {
        Assert.Equal(0, ShellSpawn.Start(["/bin/sh", "-c", "kill -STOP $$; exit 7"], streams: null, out var pid));

        var entry = ProcessTable.Find(pid)!;
        Assert.Equal((pid, pid), (entry.Session, entry.Group));
        Assert.Equal(0, Libc.Kill(pid, PosixConstants.Sigcont));
        int status;
        while (Libc.WaitPid(pid, out status, 0) != pid) { }

        Assert.Equal(7, status >> 8);
    }

    [Fact]
    public void An_environment_is_cut_into_its_variables() =>
        Assert.Equal(
            ["A=1", "B=", "C=ä"],
            ShellImage.Split("A=1\0B=\0C=ä\0"u8).Select(System.Text.Encoding.UTF8.GetString)
        );
}
