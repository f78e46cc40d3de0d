using System.Text.Json;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Sandbox.Commands;
using Sage.SupervisorHost;
using Sage.TestKit.Fakes;
using Sage.Tools.Shell;

namespace Sage.Tools.Tests.Shell.ReadOnly;

/// <summary>What the words of a command cannot tell is looked at right before it runs.</summary>
public sealed class MomentOfUseTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly RunCommandTool _tool;

    public MomentOfUseTests() =>
        _tool = new(
            new(TestSupervisor.Launch, EnvironmentScrub.Default, TimeProvider.System),
            _bench.Paths,
            new FakeSpillFiles(_bench.SpillRoot),
            _bench.Commands,
            _bench.Sandbox,
            TimeProvider.System
        );

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("cat src/*")]
    [InlineData("cat src/in?ocent")]
    [InlineData("cd src && cat innocent")]
    [InlineData("cat <src/innocent")]
    [InlineData("cd folder && cat secret")]
    [InlineData("cat folder/sec*")]
    public async Task A_link_that_leads_out_is_found_wherever_it_stands(string command)
    {
        var outside = Directory.CreateDirectory(Path.Combine(_bench.Outside, "elsewhere")).FullName;
        File.WriteAllText(Path.Combine(outside, "secret"), "hidden");
        _bench.Write("src/a", "");
        File.CreateSymbolicLink(_bench.PathOf("src/innocent"), Path.Combine(outside, "secret"));
        Directory.CreateSymbolicLink(_bench.PathOf("folder"), outside);

        var result = await RunAsync(command);

        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.DoesNotContain("hidden", result.Text, StringComparison.Ordinal);
        Assert.Contains("outside the workspace", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pattern_that_matches_a_secret_asks_for_names()
    {
        _bench.Write("keys/a.txt", "public\n");
        Assert.StartsWith("public\n", (await RunAsync("cat keys/*")).Text, StringComparison.Ordinal);
        _bench.Write("keys/b.pem", "hidden");

        var result = await RunAsync("cat keys/*");

        Assert.Equal(ToolResult.Error("keys/* matches keys/b.pem, which may hold secrets. Name the files."), result);
        Assert.StartsWith("public\n", (await RunAsync("cat keys/*.txt")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cat private/*", "private/* matches private/b.txt, which read(private/**) in your settings is about.")]
    [InlineData("grep -r hit", "It would read private/b.txt, which read(private/**) in your settings is about.")]
    [InlineData("grep -rn hit private", "It would read private/b.txt, which")]
    [InlineData("cd private && grep -r hit .", "It would read private/b.txt, which")]
    public async Task What_a_rule_keeps_from_being_read_is_not_read_along(string command, string refusal)
    {
        _bench.Write("private/b.txt", "hit\n");
        Assert.Contains("hit", (await RunAsync(command)).Text, StringComparison.Ordinal);
        _bench.Rules.Policy = Denying("read(private/**)");

        var result = await RunAsync(command);

        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.StartsWith(refusal, result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cat private/b.txt", RuleEffect.Deny)]
    [InlineData("head -n 1 <private/b.txt", RuleEffect.Deny)]
    [InlineData("cd private && cat b.txt | wc", RuleEffect.Deny)]
    [InlineData("ls -R; grep -rn hit src", null)]
    [InlineData("cat public.txt", null)]
    public void A_file_that_is_named_is_for_the_gate(string command, RuleEffect? effect) =>
        Assert.Equal(effect, Denying("read(private/**)").Decide(Accept(command).Permission).Effect);

    private static PermissionPolicy Denying(string rule) =>
        new([PermissionRule.TryParse(rule, RuleEffect.Deny, new RuleSource(RuleSourceKind.User))!]);

    [Fact]
    public async Task Folders_are_not_compared_without_asking()
    {
        _bench.Write("a/x", "");
        _bench.Write("b/x", "");

        var result = await RunAsync("diff a b");

        Assert.Contains("a is a folder", result.Text, StringComparison.Ordinal);
        Assert.Equal(PermissionKind.Execute, Accept("diff -r a b").Permission.Kind);
    }

    [Fact]
    public async Task A_pipe_that_nobody_reads_any_more_ends_the_command()
    {
        var result = await RunAsync("yes | head -n 1");

        Assert.StartsWith("y\n\n[exit code 0, ", result.Text, StringComparison.Ordinal);
    }

    private PreparedCall Accept(string command) =>
        _bench.Accept(_tool, JsonSerializer.Serialize(new Dictionary<string, string> { ["command"] = command }));

    private Task<ToolResult> RunAsync(string command) => Accept(command).RunAsync(CancellationToken.None);
}
