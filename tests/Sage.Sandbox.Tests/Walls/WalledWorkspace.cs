using System.Collections.Immutable;
using System.Diagnostics;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Linux;
using Sage.Sandbox.Supervision;
using Sage.Sandbox.Walls;
using Sage.SupervisorHost;
using Sage.TestKit;

namespace Sage.Sandbox.Tests.Walls;

/// <summary>A workspace and something outside of it, both in a folder that is deleted afterwards. Temporary is only <c>tmp</c> in it.</summary>
internal sealed class WalledWorkspace : IDisposable
{
    private readonly TempFolder _folder = new();
    private CommandRunner? _runner;

    public WalledWorkspace()
    {
        _folder.Write("outside/secret", "planted\n");
        _folder.Write("outside/file", "as it was\n");
        _folder.Write("home/.ssh/id_ed25519", "planted\n");
        _folder.Write("home/.ssh/id_ed25519.pub", "public\n");
        _folder.Write("home/.npmrc", "planted\n");
        _folder.Write("home/.profile", "as it was\n");
        _folder.Write("sage/sessions/journal.jsonl", "planted\n");
        _folder.Write("sage/spill/output", "spilled\n");
        _folder.Write("ws/readme", "hello\n");
        Directory.CreateDirectory(_folder["ws/sub"]);
        Directory.CreateDirectory(_folder["tmp"]);
    }

    public string Root => _folder.Root;

    public string Workspace => _folder["ws"];

    public NetworkAccess Network { get; init; } = NetworkAccess.Off;

    public RepositoryAccess Repository { get; init; } = RepositoryAccess.Commit;

    /// <summary>An older kernel than there is.</summary>
    public KernelFeatures? Pretended { get; init; }

    /// <summary>Whether its commands are run by somebody who is not the superuser.</summary>
    public bool AsOrdinaryUser
    {
        get;
        init
        {
            field = value;
            if (value)
            {
                OrdinaryUser.Own(Root);
            }
        }
    }

    public WallPlaces Places => new(Workspace, _folder["sage"], _folder["home"], [_folder["tmp"]]);

    public CommandWalls Walls => WorkspaceWalls.Around(Places, Network, Repository);

    /// <summary>What a file outside holds; null when it is not there.</summary>
    public string? Read(string path) => File.Exists(_folder[path]) ? _folder.Read(path) : null;

    public string Write(string path, string text) => _folder.Write(path, text);

    /// <summary>Runs without walls.</summary>
    public async Task PrepareAsync(string command)
    {
        var (exit, output) = await RunAsync(new CommandSpec(command, Workspace) { Environment = Variables });
        Assert.True(exit.ExitCode == 0, output);
    }

    /// <summary>Runs behind walls. <c>$OUT</c> is the folder outside, <c>$HOME</c> the user's.</summary>
    public async Task<WalledRun> RunAsync(string command, CommandWalls? walls = null)
    {
        var probe = await StartAsync(command, walls);
        var exit = await probe.Command.Completion;
        return new(exit, probe.Output, probe.Command.Walls!);
    }

    public Task<CommandProbe> StartAsync(string command, CommandWalls? walls = null) =>
        CommandProbe.StartAsync(
            new CommandSpec(command, Workspace) { Environment = Variables, Walls = walls ?? Walls },
            Runner
        );

    public void Dispose()
    {
        _runner?.Dispose();
        _folder.Dispose();
    }

    private CommandRunner Runner =>
        (Pretended, AsOrdinaryUser) == (null, false) ? TestSupervisor.Runner : _runner ??= NewRunner();

    private CommandRunner NewRunner() =>
        new(AsOrdinaryUser ? OrdinaryUser.Launch : TestSupervisor.Launch, EnvironmentScrub.Default, TimeProvider.System)
        {
            Pretended = Pretended,
        };

    private ImmutableDictionary<string, string> Variables =>
        ImmutableDictionary<string, string>
            .Empty.Add("OUT", _folder["outside"])
            .Add("HOME", _folder["home"])
            .Add("TMPDIR", _folder["tmp"])
            .Add("SAGE_FOLDER", _folder["sage"])
            .Add("GIT_CONFIG_NOSYSTEM", "1")
            .Add("GIT_AUTHOR_NAME", "me")
            .Add("GIT_AUTHOR_EMAIL", "me@example.com")
            .Add("GIT_COMMITTER_NAME", "me")
            .Add("GIT_COMMITTER_EMAIL", "me@example.com");

    private static async Task<(CommandExit Exit, string Output)> RunAsync(CommandSpec spec)
    {
        var probe = await CommandProbe.StartAsync(spec);
        return (await probe.Command.Completion, probe.Output);
    }
}

/// <summary>How a command behind walls went.</summary>
internal sealed record WalledRun(CommandExit Exit, string Output, WallsInForce Walls)
{
    public bool Worked => Exit.ExitCode == 0;
}

/// <summary>Who has no privileges: whoever runs the tests, or nobody where that is the superuser.</summary>
internal static class OrdinaryUser
{
    private const string Nobody = "65534";

    public static SupervisorLaunch Launch =>
        Environment.IsPrivilegedProcess
            ? new(
                "setpriv",
                [
                    "--reuid",
                    Nobody,
                    "--regid",
                    Nobody,
                    "--clear-groups",
                    TestSupervisor.Launch.Executable,
                    .. TestSupervisor.Launch.Arguments,
                ]
            )
            : TestSupervisor.Launch;

    /// <summary>Gives a folder with everything in it to that user.</summary>
    public static void Own(string folder)
    {
        if (Environment.IsPrivilegedProcess)
        {
            using var chown = Process.Start("chown", ["-R", $"{Nobody}:{Nobody}", folder]);
            chown.WaitForExit();
        }
    }
}
