using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Walls;
using Sage.SupervisorHost;
using Sage.TestKit.Fakes;
using Sage.Tools.Shell;

namespace Sage.Tools.Tests.Shell;

/// <summary>Which commands run behind walls, and what the model reads of them. What walls hold is shown in Sage.Sandbox.Tests.</summary>
public sealed class CommandSandboxTests : IDisposable
{
    private static readonly CallConsent ByMode = new(ConsentSource.Mode, SandboxWish.Default);

    private readonly ToolBench _bench = new();
    private readonly string _outside = $"/usr/sage-walls-{Guid.NewGuid():N}";
    private readonly RunCommandTool _tool;

    public CommandSandboxTests() =>
        _tool = new RunCommandTool(
            new(TestSupervisor.Launch, EnvironmentScrub.Default, TimeProvider.System),
            _bench.Paths,
            new FakeSpillFiles(_bench.SpillRoot),
            _bench.Commands,
            _bench.Sandbox,
            TimeProvider.System
        );

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task What_nobody_looked_at_runs_behind_walls_and_is_told_so_when_it_fails_there()
    {
        // Elsewhere it is said that there are none.
        if (!SandboxSupport.OfThisComputer.Missing.IsEmpty)
        {
            return;
        }

        var result = await RunAsync($"touch made.txt && touch {_outside}", ByMode);

        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains("This command ran in a sandbox", result.Text, StringComparison.Ordinal);
        Assert.Contains("outside_sandbox: true asks the user", result.Text, StringComparison.Ordinal);
        Assert.True(File.Exists(_bench.PathOf("made.txt")));
        Assert.False(File.Exists(_outside));
    }

    [Fact]
    public async Task A_failure_that_has_nothing_to_do_with_walls_says_nothing_of_them()
    {
        var result = await RunAsync("echo wrong; exit 3 > made.txt", ByMode);

        Assert.DoesNotContain("sandbox", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ConsentSource.User, true)]
    [InlineData(ConsentSource.Rule, true)]
    [InlineData(ConsentSource.Mode, false)]
    public void What_a_person_let_run_is_theirs(ConsentSource source, bool enabled) =>
        Assert.Null(
            _bench.Sandbox.WallsOf(
                _bench.Workspace,
                new CallConsent(source, SandboxWish.Default with { Enabled = enabled })
            )
        );

    [Fact]
    public void Walls_are_as_wide_as_the_user_wants_them()
    {
        var wish = new SandboxWish(Enabled: true, Network: true, ["/opt/cache"]);

        var walls = _bench.Sandbox.WallsOf(_bench.Workspace, new CallConsent(ConsentSource.Mode, wish))!;

        Assert.Equal(NetworkAccess.Allowed, walls.Network);
        Assert.Contains("/opt/cache", walls.Writable);
        Assert.Contains(_bench.Workspace.Root, walls.Writable);
        Assert.Equal(NetworkAccess.Off, _bench.Sandbox.WallsOf(_bench.Workspace, ByMode)!.Network);
    }

    [Fact]
    public async Task To_run_without_walls_is_grave_so_it_asks_in_every_mode()
    {
        var call = _bench.Accept(_tool, """{"command":"npm install","outside_sandbox":true}""");

        var preflight = await call.PreflightAsync!(CancellationToken.None);

        Assert.Equal(DangerLevel.Grave, preflight.Danger!.Level);
    }

    private Task<ToolResult> RunAsync(string command, CallConsent consent)
    {
        var context = _bench.Context();
        context.Consent = consent;
        var input = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["command"] = command });
        return _bench.Accept(_tool, input, context).RunAsync(CancellationToken.None);
    }
}
