using System.Net.Sockets;
using System.Runtime.Versioning;
using Sage.Sandbox.Walls;
using Sage.TestKit;

namespace Sage.Sandbox.Tests.Walls;

[SupportedOSPlatform("linux")]
public sealed class OutsideSocketsTests
{
    [Fact]
    public void Only_sockets_at_which_somebody_listens_are_found_and_keys_belong_to_the_network()
    {
        using var folder = new TempFolder();
        string[] names = ["run/bus", "run/keys/ssh", "tmp/tmux-1000/default", "tmp/build.sock"];
        foreach (var name in names.Append("run/x"))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        }

        var sockets = names.Select(name => Listen(folder[name])).ToList();
        using (Listen(folder["run/dead"])) { }

        var places = new WallPlaces("/ws", "/sage", "/home", [folder["tmp"]], folder["run"], folder["run/keys/ssh"]);

        Assert.Equal([folder["run/bus"], folder["tmp/tmux-1000/default"]], Ours(NetworkAccess.Allowed));
        Assert.Equal(
            [folder["run/bus"], folder["run/keys/ssh"], folder["tmp/tmux-1000/default"]],
            Ours(NetworkAccess.Off)
        );
        sockets.ForEach(socket => socket.Dispose());

        List<string> Ours(NetworkAccess network) =>
            [
                .. OutsideSockets
                    .Of(places, network)
                    .Where(path => path.StartsWith(folder.Root, StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ];
    }

    [Fact]
    public void Of_the_kernels_list_only_paths_are_read() =>
        Assert.Equal(
            ["/run/a b"],
            OutsideSockets.Parse(
                """
                Num       RefCount Protocol Flags    Type St Inode Path
                0: 00000002 00000000 00010000 0001 01 10 /run/a b
                0: 00000002 00000000 00010000 0001 01 11 @hidden
                0: 00000003 00000000 00000000 0001 03 12
                """
            )
        );

    private static Socket Listen(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        return socket;
    }
}
