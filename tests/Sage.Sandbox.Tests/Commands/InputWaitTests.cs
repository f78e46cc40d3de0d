using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Tests.Commands;

[SupportedOSPlatform("linux")]
public sealed class InputWaitTests
{
    [Theory]
    [InlineData("0 0x0 0x7ffd 0x1 0x0", Architecture.X64, 0)]
    [InlineData("0 0x1f 0x7ffd 0x1 0x0", Architecture.X64, 31)]
    [InlineData("63 0x3 0x7ffd", Architecture.Arm64, 3)]
    [InlineData("270 0x1 0x55d9 0x55d8 0x55d7", Architecture.X64, 0)]
    [InlineData("270 0x6 0x55d9 0x55d8 0x55d7", Architecture.X64, null)]
    [InlineData("72 0x1 0x55d9 0x55d8 0x55d7", Architecture.Arm64, 0)]
    [InlineData("1 0x0 0x7ffd", Architecture.X64, null)]
    [InlineData("running", Architecture.X64, null)]
    [InlineData("", Architecture.X64, null)]
    [InlineData("-1 0x0 0x0", Architecture.X64, null)]
    public void The_descriptor_of_a_blocked_read_is_known(string call, Architecture architecture, int? descriptor) =>
        Assert.Equal(descriptor, BlockedCall.Parse(Encoding.UTF8.GetBytes(call), architecture)?.DescriptorRead);

    [Theory]
    [InlineData("python3 -c 'import pty; pty.spawn([\"sh\", \"-c\", \"read answer\"])'", "sh")]
    // What vi does without a terminal: its error stream takes the place of its input.
    [InlineData("python3 -c 'import os, select; os.dup2(2, 0); select.select([0], [], [])'", "python")]
    public async Task A_process_that_waits_for_somebody_to_type_is_found(string command, string name)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        var probe = await CommandProbe.StartAsync(new CommandSpec("echo ready; " + command, folder));
        await probe.Ready;
        var wait = await FindAsync(probe);

        Assert.StartsWith(name, wait.Name, StringComparison.Ordinal);
        await probe.Command.StopAsync();
        Assert.Null(probe.Command.FindInputWait());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_process_that_became_another_program_since_it_was_listed_goes_by_its_new_name()
    {
        var probe = await CommandProbe.StartAsync(
            "echo ready; python3 -c 'import pty; pty.spawn([\"sh\", \"-c\", \"read answer\"])'"
        );
        var wait = await FindAsync(probe);

        var listed = ProcessTable.Find(wait.Pid)! with { Name = "python3" };

        Assert.Equal("sh", InputWait.Find([listed], output: null)?.Name);
        await probe.Command.StopAsync();
    }

    [Fact]
    public async Task A_process_that_waits_for_something_else_is_not()
    {
        var probe = await CommandProbe.StartAsync("echo ready; (sleep 300 | cat) & sleep 300");
        await probe.Ready;

        Assert.Null(probe.Command.FindInputWait());

        await probe.Command.StopAsync();
    }

    /// <summary>Each would wait for ever at a terminal; without one it must not, whatever it makes of it.</summary>
    [Theory]
    [InlineData("read answer")]
    [InlineData("cat")]
    [InlineData("python3")]
    [InlineData("python3 -c 'input(\"Name: \")'")]
    [InlineData("python3 -c 'import getpass; getpass.getpass()'")]
    [InlineData("node")]
    [InlineData("npm init")]
    [InlineData("ssh -o ConnectTimeout=1 nobody@127.0.0.1 true")]
    [InlineData("ssh-keygen -f key")]
    [InlineData("su nobody -c true")]
    [InlineData("less /etc/hosts")]
    public async Task Nothing_waits_for_input(string command)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        var watch = Stopwatch.StartNew();

        var probe = await CommandProbe.StartAsync(new CommandSpec(command, folder));
        await probe.Command.Completion.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), probe.Output);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<InputWait> FindAsync(CommandProbe probe)
    {
        InputWait? wait;
        while ((wait = probe.Command.FindInputWait()) is null)
        {
            Assert.False(probe.Command.Completion.IsCompleted, probe.Output);
            await Task.Delay(10);
        }

        return wait;
    }
}
