using Sage.Sandbox.Commands;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Tests.Walls;

public sealed class WallReportTests
{
    private static readonly WallsInForce s_all = new(FileWall.Mounts, NetworkOff: true, [], []);

    [Theory]
    [InlineData("sh: 1: cannot create /etc/x: Permission denied", WallSuspicion.Files)]
    [InlineData("touch: cannot touch '/x': Read-only file system", WallSuspicion.Files)]
    [InlineData("rm: cannot remove '.git/hooks': Device or resource busy", WallSuspicion.Files)]
    [InlineData("npm error code EACCES", WallSuspicion.Files)]
    [InlineData("PermissionError: [Errno 13] x", WallSuspicion.Files)]
    [InlineData("curl: (6) Could not resolve host: example.com", WallSuspicion.Network)]
    [InlineData("npm error getaddrinfo EAI_AGAIN registry.npmjs.org", WallSuspicion.Network)]
    [InlineData("fatal: unable to access 'https://x/': Could not resolve host: x", WallSuspicion.Network)]
    [InlineData("error NU1301: Resource temporarily unavailable (api.nuget.org:443)", WallSuspicion.Network)]
    [InlineData("ping: socket: Permission denied", WallSuspicion.Network)]
    [InlineData("error CS1002: ; expected", WallSuspicion.None)]
    [InlineData("", WallSuspicion.None)]
    public void A_failure_is_told_by_its_words(string output, WallSuspicion suspicion)
    {
        Assert.Equal(suspicion, WallReport.Judge(Exit(1), output, s_all));
        Assert.Equal(
            suspicion,
            WallReport.Judge(Exit(1), new string('x', 100_000) + output + "\nmake: failed\n", s_all)
        );
        Assert.Equal(WallSuspicion.None, WallReport.Judge(Exit(0), output, s_all));
    }

    [Fact]
    public void A_wall_that_does_not_stand_is_not_suspected()
    {
        Assert.Equal(WallSuspicion.None, WallReport.Judge(Exit(1), "Permission denied", WallsInForce.None));
        Assert.Equal(
            WallSuspicion.None,
            WallReport.Judge(Exit(1), "Could not resolve host", s_all with { NetworkOff = false })
        );
    }

    [Fact]
    public void Words_long_before_the_end_do_not_count()
    {
        var output = "Permission denied" + new string('x', 20_000);

        Assert.Equal(WallSuspicion.None, WallReport.Judge(Exit(1), output, s_all));
    }

    [Fact]
    public void The_model_is_told_where_it_could_write_and_what_was_closed()
    {
        var walls = new CommandWalls
        {
            Writable = ["/tmp", "/no/such/folder"],
            Protected = ["/dev/null", "/no/such/file"],
            Network = NetworkAccess.Off,
        };

        Assert.Equal(
            "This command ran in a sandbox: it could write only below /tmp, except /dev/null; the network was off.",
            WallReport.Describe(walls, s_all)
        );
        Assert.Equal(
            "This command ran in a sandbox: it could write only below /tmp, except /dev/null; the network was on. "
                + "Nothing new could be made directly in /tmp.",
            WallReport.Describe(walls, s_all with { NetworkOff = false, Closed = ["/tmp"] })
        );
        Assert.Equal(
            "This command ran in a sandbox: the network was off.",
            WallReport.Describe(walls, s_all with { Files = FileWall.None })
        );
        Assert.Null(WallReport.Describe(walls, WallsInForce.None));
    }

    private static CommandExit Exit(int code) => new(code, null, [], TimeSpan.Zero);
}
