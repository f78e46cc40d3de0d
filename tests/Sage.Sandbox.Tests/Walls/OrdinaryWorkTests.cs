using System.Runtime.Versioning;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Linux;
using Sage.Sandbox.Walls;
using Sage.SupervisorHost;

namespace Sage.Sandbox.Tests.Walls;

/// <summary>What people do all day goes on working behind walls, for the superuser and for others, with mounts and without.</summary>
[SupportedOSPlatform("linux")]
public sealed class OrdinaryWorkTests
{
    public static TheoryData<string, bool, bool> Work
    {
        get
        {
            string[] commands =
            [
                // Files of all kinds, and temporary ones.
                "mkdir -p sub/a && echo x > sub/a/b && mv sub/a/b sub/c && ln sub/c sub/d && ln -s c sub/e && rm -r sub/a && chmod +x sub/c && mkfifo sub/f",
                "f=$(mktemp) && echo x > $f && mv $f sub/g && test -s sub/g",
                "echo x > /dev/null && head -c 4 /dev/urandom > /dev/null && (echo x > /dev/stdout) | cat > /dev/null && echo x > /dev/shm/sage-$$ && rm /dev/shm/sage-$$",
                // Programs, pipes, descriptors.
                "node -e 'require(\"fs\").writeFileSync(\"sub/n\", \"x\")' && test -s sub/n",
                "yes | head -1 > /dev/null; seq 1000 | sort -n | tail -1 | grep -q 1000",
                "(exec 3<> sub/h && echo x >&3) && test -s sub/h",
                "sleep 0.01 & wait $! && sh -c 'exit 0'",
                "setsid true && nohup true > /dev/null 2>&1 && nice true",
                "env | grep -q PATH && ps > /dev/null && id > /dev/null && uname -a > /dev/null && df . > /dev/null",
                // A terminal of its own.
                "script -qec 'tty' /dev/null | grep -q /dev/pts/",
                TestSupervisor.Attempt("dns:localhost") + " > /dev/null",
            ];
            var data = new TheoryData<string, bool, bool>();
            foreach (var command in commands)
            {
                data.Add(command, true, true);
                data.Add(command, false, true);
                data.Add(command, true, false);
                data.Add(command, false, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Work))]
    public async Task It_works(string command, bool ordinary, bool mounts)
    {
        using var workspace = new WalledWorkspace
        {
            Pretended = KernelFeatures.OfThisComputer with { Mounts = mounts },
            AsOrdinaryUser = ordinary,
        };

        var run = await workspace.RunAsync(command);

        Assert.True(run.Worked, run.Output);
        Assert.Equal(mounts ? FileWall.Mounts : FileWall.Entries, run.Walls.Files);
    }

    [Fact]
    public async Task A_compiler_finds_what_it_needs()
    {
        using var workspace = new WalledWorkspace();

        var run = await workspace.RunAsync(
            "dotnet --version && (command -v gcc > /dev/null || exit 0; echo 'int main() { return 7; }' > a.c && gcc a.c -o a && ./a; test $? = 7)"
        );

        Assert.True(run.Worked, run.Output);
    }

    [Theory]
    [InlineData("exit 3", 3, null)]
    [InlineData("surely-no-such-command-here", 127, null)]
    [InlineData("kill -SEGV $$", null, 11)]
    public async Task Exit_codes_and_signals_are_the_shells(string command, int? code, int? signal)
    {
        using var workspace = new WalledWorkspace();

        var run = await workspace.RunAsync(command);

        Assert.Equal((code, signal), (run.Exit.ExitCode, run.Exit.Signal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stop_ends_everything_behind_walls_too(bool ordinary)
    {
        using var workspace = new WalledWorkspace { AsOrdinaryUser = ordinary };
        var marker = new Marker();
        var probe = await workspace.StartAsync(
            marker.InPlace("(setsid sh -c 'SLEEP & SLEEP' &); (trap '' TERM; SLEEP; true) & SLEEP")
        );
        await marker.WaitForSleepsAsync(4);

        var exit = await probe.Command.StopAsync();

        Assert.Equal(0, marker.CountAlive());
        Assert.DoesNotContain(exit.Ended, ended => ended.How == EndedHow.Survived);
        Assert.True(exit.Ended.Count(ended => ended.Name == "sleep") >= 4, string.Join('\n', exit.Ended));
    }

    [Fact]
    public async Task A_shell_behind_walls_dies_with_its_supervisor()
    {
        using var workspace = new WalledWorkspace { AsOrdinaryUser = true };
        var marker = new Marker();
        var probe = await workspace.StartAsync($"echo $PPID ready; exec {marker.Sleep}");
        await probe.Ready;
        await marker.WaitForSleepsAsync(1);

        using var kill = System.Diagnostics.Process.Start("kill", ["-KILL", probe.Output.Split(' ')[0]]);

        await marker.WaitForNoneAsync();
        Assert.Null((await probe.Command.Completion).ExitCode);
    }
}
