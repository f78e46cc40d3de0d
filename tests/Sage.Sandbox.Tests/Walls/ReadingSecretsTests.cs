using System.Runtime.Versioning;
using Sage.Sandbox.Linux;

namespace Sage.Sandbox.Tests.Walls;

/// <summary>Real attempts to read what is nobody's business, with and without mounts.</summary>
[SupportedOSPlatform("linux")]
public sealed class ReadingSecretsTests
{
    public static TheoryData<string, bool> Attempts
    {
        get
        {
            string[] commands =
            [
                "cat $HOME/.ssh/id_ed25519",
                "cat $HOME/.npmrc",
                "cd $HOME && cat ./.ssh/../.ssh/id_ed25519",
                "ln -s $HOME/.ssh keys && cat keys/id_ed25519",
                "ln $HOME/.npmrc stolen && cat stolen",
                "cp -r $HOME/.ssh stolen; cat stolen/id_ed25519",
                "mv $HOME/.ssh stolen; cat stolen/id_ed25519",
                "grep -r planted $HOME",
                "exec 3< $HOME/.npmrc && cat <&3",
                "cat $SAGE_FOLDER/sessions/journal.jsonl",
                "cat /proc/self/root$HOME/.npmrc",
                "cat /proc/self/cwd/../home/.npmrc",
                "cat /proc/$PPID/root$HOME/.npmrc",
                "cat /proc/$PPID/cwd/../home/.npmrc",
            ];
            var data = new TheoryData<string, bool>();
            foreach (var command in commands)
            {
                data.Add(command, true);
                data.Add(command, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task A_secret_stays_unread(string command, bool mounts)
    {
        using var workspace = new WalledWorkspace
        {
            Pretended = KernelFeatures.OfThisComputer with { Mounts = mounts },
        };

        var run = await workspace.RunAsync(command);

        Assert.DoesNotContain("planted", run.Output, StringComparison.Ordinal);
        Assert.Equal("planted\n", workspace.Read("home/.npmrc"));
        Assert.False(run.Worked, run.Output);
    }

    [Fact]
    public async Task What_is_no_secret_can_be_read()
    {
        using var workspace = new WalledWorkspace();

        var run = await workspace.RunAsync(
            "cat $HOME/.ssh/id_ed25519.pub $SAGE_FOLDER/spill/output $HOME/.profile $OUT/file readme && ls $HOME > /dev/null"
        );

        Assert.Equal("public\nspilled\nas it was\nas it was\nhello\n", run.Output);
        Assert.True(run.Worked);
    }

    [Fact]
    public async Task What_may_be_read_of_a_hidden_folder_inside_a_writable_one_can_be_read_and_nothing_else()
    {
        using var workspace = new WalledWorkspace();
        var walls = workspace.Walls with { Writable = [workspace.Root] };

        var run = await workspace.RunAsync(
            "cat $SAGE_FOLDER/spill/output $HOME/.ssh/id_ed25519.pub; cat $SAGE_FOLDER/sessions/journal.jsonl $HOME/.ssh/id_ed25519; "
                + "mv $SAGE_FOLDER ../x; mv $HOME/.ssh ../y; echo x > $SAGE_FOLDER/new; echo x > $SAGE_FOLDER/spill/output",
            walls
        );

        Assert.StartsWith("spilled\npublic\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", run.Output, StringComparison.Ordinal);
        Assert.Equal("spilled\n", workspace.Read("sage/spill/output"));
        Assert.Null(workspace.Read("sage/new"));
    }

    [Fact]
    public async Task A_hidden_folder_inside_a_writable_one_can_be_neither_read_nor_replaced()
    {
        using var workspace = new WalledWorkspace();
        workspace.Write("ws/sage/journal", "planted\n");
        var walls = workspace.Walls with { Unreadable = [Path.Join(workspace.Workspace, "sage")] };

        var run = await workspace.RunAsync("cat sage/journal; rm -rf sage; mv sage x; echo x > sage/journal", walls);

        Assert.DoesNotContain("planted", run.Output, StringComparison.Ordinal);
        Assert.Equal("planted\n", workspace.Read("ws/sage/journal"));
        Assert.False(run.Worked);
    }
}
