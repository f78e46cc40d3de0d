using System.Runtime.Versioning;
using Sage.Sandbox.Linux;
using Sage.Sandbox.Walls;
using Sage.SupervisorHost;

namespace Sage.Sandbox.Tests.Walls;

/// <summary>Where the kernel or the user cannot have all walls, the others stand, and what is missing is said.</summary>
[SupportedOSPlatform("linux")]
public sealed class LesserWallsTests
{
    private static readonly KernelFeatures s_here = KernelFeatures.OfThisComputer;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_mounts_what_is_protected_is_closed_together_with_its_folder(bool ordinary)
    {
        using var workspace = new WalledWorkspace { Pretended = s_here with { Mounts = false } };
        await workspace.PrepareAsync("git init -q . && mkdir -p .git/hooks && git add readme && git commit -qm first");
        if (ordinary)
        {
            OrdinaryUser.Own(workspace.Root);
        }

        var run = await workspace.RunAsync(
            "echo 1 > sub/new && echo 2 > readme && echo worked; echo evil > .git/hooks/x; mv .git old; mv sub/new .git/config; "
                + "git config a.b c; echo 3 > new; touch .git/commondir; rm -rf .git; test -e .git/HEAD && ! test -e new"
        );

        Assert.True(run.Worked, run.Output);
        Assert.Contains("worked", run.Output, StringComparison.Ordinal);
        Assert.Equal(FileWall.Entries, run.Walls.Files);
        Assert.Equal([workspace.Workspace, Path.Join(workspace.Workspace, ".git")], run.Walls.Closed.Order());
        Assert.Empty(Directory.GetFiles(Path.Join(workspace.Workspace, ".git/hooks"), "x"));
        Assert.Contains(run.Walls.Missing, sentence => sentence.Contains("nothing new", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_mounts_a_workspace_with_nothing_to_protect_is_open_as_a_whole()
    {
        using var workspace = new WalledWorkspace { Pretended = s_here with { Mounts = false } };

        var run = await workspace.RunAsync("echo 1 > new && mkdir folder");

        Assert.True(run.Worked, run.Output);
        Assert.Empty(run.Walls.Closed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task With_each_version_of_Landlock_files_outside_stay_as_they_are(int version)
    {
        using var workspace = new WalledWorkspace { Pretended = s_here with { Landlock = version, Mounts = false } };

        var run = await workspace.RunAsync(
            "echo 1 > new && mv new newer; echo evil > $OUT/file; rm -f $OUT/secret; mv readme $OUT/; cat $HOME/.npmrc; test -e newer"
        );

        Assert.True(run.Worked, run.Output);
        Assert.Equal("as it was\n", workspace.Read("outside/file"));
        Assert.Equal("planted\n", workspace.Read("outside/secret"));
        Assert.Null(workspace.Read("outside/readme"));
        Assert.DoesNotContain("planted", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            version < 6,
            run.Walls.Missing.Any(sentence => sentence.Contains("signalled", StringComparison.Ordinal))
        );
        Assert.Equal(
            version < 3,
            run.Walls.Missing.Any(sentence => sentence.Contains("emptied", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Without_Landlock_no_wall_around_files_is_claimed_and_the_network_is_off_all_the_same()
    {
        using var workspace = new WalledWorkspace { Pretended = s_here with { Landlock = 0 } };

        var run = await workspace.RunAsync(TestSupervisor.Attempt("tcp:127.0.0.1:9"));

        Assert.Equal("AccessDenied\n", run.Output);
        Assert.Equal(FileWall.None, run.Walls.Files);
        Assert.True(run.Walls.NetworkOff);
        Assert.Contains("files are not walled", Assert.Single(run.Walls.Missing), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_filter_the_network_is_not_said_to_be_off()
    {
        using var workspace = new WalledWorkspace { Pretended = s_here with { Filter = false } };

        var run = await workspace.RunAsync("echo evil > $OUT/file");

        Assert.False(run.Worked);
        Assert.False(run.Walls.NetworkOff);
        Assert.Contains("the network is not off", Assert.Single(run.Walls.Missing), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_nothing_at_all_the_command_runs_and_says_so()
    {
        using var workspace = new WalledWorkspace { Pretended = new KernelFeatures(0, false, false) };

        var run = await workspace.RunAsync("echo hello");

        Assert.Equal("hello\n", run.Output);
        Assert.Equal((FileWall.None, false), (run.Walls.Files, run.Walls.NetworkOff));
        Assert.Equal(2, run.Walls.Missing.Length);
    }

    [Theory]
    [InlineData(true, "echo evil > $OUT/file")]
    [InlineData(true, "chmod 777 $OUT/file")]
    [InlineData(true, "touch -d 2001-01-01 $OUT/file")]
    [InlineData(true, "truncate -s 0 $OUT/file")]
    [InlineData(true, "mv ../ws ../old")]
    [InlineData(false, "echo evil > $OUT/file")]
    [InlineData(false, "truncate -s 0 $OUT/file")]
    [InlineData(false, "ln $OUT/file hard && echo evil > hard")]
    [InlineData(false, "cat /proc/$PPID/environ")]
    [InlineData(false, "kill -9 $PPID")]
    public async Task An_ordinary_user_has_the_same_walls(bool mounts, string command)
    {
        using var workspace = new WalledWorkspace
        {
            AsOrdinaryUser = true,
            Pretended = s_here with { Mounts = mounts },
        };
        var before = File.GetLastWriteTimeUtc(Path.Join(workspace.Root, "outside/file"));

        var run = await workspace.RunAsync(command);

        Assert.False(run.Worked, run.Output);
        Assert.Equal("as it was\n", workspace.Read("outside/file"));
        Assert.Equal(before, File.GetLastWriteTimeUtc(Path.Join(workspace.Root, "outside/file")));
        Assert.Equal(mounts ? FileWall.Mounts : FileWall.Entries, run.Walls.Files);
    }

    [Fact]
    public async Task Where_an_ordinary_user_gets_mounts_files_keep_their_owner()
    {
        using var workspace = new WalledWorkspace { AsOrdinaryUser = true };

        var run = await workspace.RunAsync(
            "test \"$(stat -c %u:%g readme)\" = \"$(id -u):$(id -g)\" && touch new && test -O new"
        );

        Assert.True(run.Worked, run.Output);
    }
}
