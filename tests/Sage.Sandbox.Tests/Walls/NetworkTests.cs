using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Sage.Sandbox.Walls;
using Sage.SupervisorHost;

namespace Sage.Sandbox.Tests.Walls;

[SupportedOSPlatform("linux")]
public sealed class NetworkTests
{
    private static string[] To(Socket tcp, Socket udp) => [$"tcp:{tcp.LocalEndPoint}", $"udp:{udp.LocalEndPoint}"];

    [Fact]
    public async Task With_the_network_off_nothing_is_reached_not_even_this_computer()
    {
        using var workspace = new WalledWorkspace { Network = NetworkAccess.Off };
        using var tcp = Listen(SocketType.Stream);
        using var udp = Listen(SocketType.Dgram);

        var run = await workspace.RunAsync(
            TestSupervisor.Attempt([
                .. To(tcp, udp),
                "tcp:[::1]:9",
                "udp:[::1]:9",
                "dns:sage.invalid",
                "dns:example.com",
            ])
        );

        Assert.True(run.Walls.NetworkOff);
        Assert.Equal(["AccessDenied", "AccessDenied", "AccessDenied", "AccessDenied"], run.Output.Split('\n')[..4]);
        Assert.DoesNotContain("ok", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, udp.Available);
        Assert.False(tcp.Poll(0, SelectMode.SelectRead));
    }

    [Fact]
    public async Task With_the_network_on_it_is_as_without_walls()
    {
        using var workspace = new WalledWorkspace { Network = NetworkAccess.Allowed };
        using var tcp = Listen(SocketType.Stream);
        using var udp = Listen(SocketType.Dgram);

        var run = await workspace.RunAsync(TestSupervisor.Attempt([.. To(tcp, udp), "dns:localhost"]));

        Assert.Equal("ok\nok\nok\n", run.Output);
        Assert.False(run.Walls.NetworkOff);
        Assert.Empty(run.Walls.Missing);
    }

    [Fact]
    public async Task Programs_of_a_command_still_talk_to_each_other()
    {
        using var workspace = new WalledWorkspace { Network = NetworkAccess.Off };

        var run = await workspace.RunAsync(
            "node -e \"const net = require('net'); const s = net.createServer(c => c.end('hi'));"
                + " s.listen('sock', () => net.connect('sock').on('data', d => { console.log(String(d)); s.close(); }))\""
        );

        Assert.Equal("hi\n", run.Output);
    }

    private static Socket Listen(SocketType type)
    {
        var socket = new Socket(AddressFamily.InterNetwork, type, ProtocolType.Unspecified);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (type == SocketType.Stream)
        {
            socket.Listen();
        }

        return socket;
    }
}
