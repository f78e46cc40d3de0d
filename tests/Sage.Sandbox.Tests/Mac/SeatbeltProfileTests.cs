using Sage.Sandbox.Mac;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Tests.Mac;

/// <summary>What can be known of the walls of macOS without macOS: their text.</summary>
public sealed class SeatbeltProfileTests
{
    private static readonly CommandWalls s_walls = new()
    {
        Writable = ["/Users/me/ws", "/tmp"],
        Protected = ["/Users/me/ws/.git/hooks"],
        Unreadable = ["/Users/me/.ssh"],
        Readable = ["/Users/me/.ssh/config"],
        Unreachable = ["/var/run/docker.sock"],
        Network = NetworkAccess.Off,
    };

    [Fact]
    public void The_profile_is_this()
    {
        var profile = SeatbeltProfile.Of(s_walls);

        Assert.Equal(
            """
            (version 1)
            (allow default)
            (deny file-write* (subpath "/"))
            (allow file-write* (subpath "/Users/me/ws") (subpath "/tmp") (subpath "/private/tmp") (literal "/dev/null") (literal "/dev/zero") (literal "/dev/tty") (literal "/dev/ptmx") (literal "/dev/dtracehelper"))
            (allow file-write* file-ioctl (regex #"^/dev/ttys[0-9]+$") (regex #"^/dev/fd/[0-9]+$"))
            (deny file-write* (subpath "/Users/me/ws/.git/hooks") (literal "/Users/me/ws/.git"))
            (deny file-read* file-write* (subpath "/Users/me/.ssh"))
            (allow file-read* (subpath "/Users/me/.ssh/config"))
            (deny network-outbound (remote unix-socket (path-literal "/var/run/docker.sock")))
            (deny network-outbound (remote ip))
            (deny network-inbound (local ip))
            (deny network-bind (local ip))
            (deny signal)
            (allow signal (target same-sandbox))
            (deny process-info* (target others))
            (allow process-info* (target same-sandbox))
            (deny mach-priv-task-port)

            """,
            profile
        );
    }

    [Fact]
    public void With_the_network_on_nothing_is_said_of_it() =>
        Assert.DoesNotContain(
            "(remote ip)",
            SeatbeltProfile.Of(s_walls with { Network = NetworkAccess.Allowed }),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_path_cannot_end_its_own_string() =>
        Assert.Contains(
            """(subpath "/a\") (allow default) (\\")""",
            SeatbeltProfile.Of(new CommandWalls { Writable = ["""/a") (allow default) (\"""] }),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_command_is_given_to_the_shell_as_it_was_written()
    {
        var arguments = MacWalls.Around(s_walls, ["/bin/zsh", "-c", "echo \"a b\""]);

        Assert.Equal(
            ["/usr/bin/sandbox-exec", "-p", SeatbeltProfile.Of(s_walls), "/bin/zsh", "-c", "echo \"a b\""],
            arguments
        );
    }
}
