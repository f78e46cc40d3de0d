using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Sage.SupervisorHost;

namespace Sage.Sandbox.Tests.Walls;

/// <summary>Real attempts to get at processes outside of the walls. They run as the same user, and so could be got at.</summary>
[SupportedOSPlatform("linux")]
public sealed class OtherProcessesTests : IDisposable
{
    private readonly WalledWorkspace _workspace = new();
    private readonly Process _outside;

    public OtherProcessesTests()
    {
        var start = new ProcessStartInfo("sleep", [new Marker().Sleep.Split(' ')[1]])
        {
            WorkingDirectory = _workspace.Root,
        };
        start.Environment["PLANTED"] = "planted";
        _outside = Process.Start(start)!;
    }

    public void Dispose()
    {
        _outside.Kill();
        _outside.Dispose();
        _workspace.Dispose();
    }

    [Theory]
    [InlineData("kill -9 OTHER")]
    [InlineData("kill -STOP OTHER")]
    [InlineData("kill -0 OTHER")]
    [InlineData("kill -9 $PPID")]
    [InlineData("cat /proc/OTHER/environ")]
    [InlineData("cat /proc/$PPID/environ")]
    [InlineData("head -c 1 /proc/OTHER/mem")]
    [InlineData("cat /proc/OTHER/maps")]
    [InlineData("ls /proc/OTHER/root/")]
    [InlineData("cat /proc/OTHER/cwd/home/.npmrc")]
    [InlineData("readlink /proc/OTHER/fd/1")]
    [InlineData("readlink /proc/OTHER/cwd")]
    [InlineData("echo 1000 > /proc/OTHER/oom_score_adj")]
    [InlineData("nsenter -t OTHER -m true")]
    public async Task A_process_outside_is_left_alone(string command)
    {
        var run = await _workspace.RunAsync(command.Replace("OTHER", $"{_outside.Id}", StringComparison.Ordinal));

        Assert.False(run.Worked, run.Output);
        Assert.DoesNotContain("planted", run.Output, StringComparison.Ordinal);
        Assert.False(_outside.HasExited);
    }

    [Fact]
    public async Task Its_own_processes_it_may_signal_and_look_into()
    {
        var run = await _workspace.RunAsync(
            // Some shells say that a process of theirs was ended, when they happen to notice before they wait.
            "{ sleep 300 & cat /proc/$!/environ > /dev/null && kill $! && wait $!; } 2> /dev/null; echo $?"
        );

        Assert.Equal("143\n", run.Output);
    }

    [Fact]
    public async Task An_abstract_socket_outside_is_not_reached_and_one_in_the_file_system_is()
    {
        var name = $"sage-test-{Guid.NewGuid():N}";
        var path = Path.Join(_workspace.Root, "outside/socket");
        using var hidden = Listen(new UnixDomainSocketEndPoint("\0" + name));
        using var visible = Listen(new UnixDomainSocketEndPoint(path));

        var run = await _workspace.RunAsync(TestSupervisor.Attempt($"abstract:{name}", $"unix:{path}"));

        Assert.Equal("AccessDenied\nok\n", run.Output);
    }

    [Fact]
    public async Task A_socket_that_was_named_is_answered_by_nobody()
    {
        var path = Path.Join(_workspace.Root, "outside/socket");
        using var listener = Listen(new UnixDomainSocketEndPoint(path));

        var run = await _workspace.RunAsync(
            TestSupervisor.Attempt($"unix:{path}"),
            _workspace.Walls with
            {
                Unreachable = [path],
            }
        );

        Assert.Equal("ConnectionRefused\n", run.Output);
    }

    private static Socket Listen(EndPoint at)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(at);
        socket.Listen();
        return socket;
    }
}
