using Sage.Extensibility.Mcp.Connections;
using Sage.Extensibility.Mcp.Tools;

namespace Sage.Extensibility.Tests.Mcp;

/// <summary>What configuration files say, and what becomes of mistakes in them.</summary>
public sealed class McpFilesTests : IAsyncDisposable
{
    private readonly McpRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public void All_that_would_be_run_is_shown_and_every_change_of_it_is_another_offer()
    {
        _rig.WriteProject(
            ".mcp.json",
            """{ "mcpServers": { "git hub": { "command": "npx", "args": ["-y", "a b"], "env": { "T": "${T}" } } } }"""
        );
        _rig.WriteProject(
            ".vscode/mcp.json",
            """{ "servers": { "web": { "type": "http", "url": "https://x.test/mcp", "headers": { "A": "b" } } }, /* none */ }"""
        );

        var offer = Assert.Single(_rig.Servers.OffersOf(_rig.Workspace));

        Assert.Equal("mcp", offer.Kind);
        Assert.Equal(".mcp.json, .vscode/mcp.json", offer.Place);
        Assert.Equal(
            [
                "git_hub: npx -y \"a b\"",
                "git_hub: with the variable T=${T}",
                "web: https://x.test/mcp",
                "web: with the header A: b",
            ],
            offer.Lines.AsEnumerable()
        );
        _rig.WriteProject(".vscode/mcp.json", "{}");
        Assert.NotEqual(offer.Hash, Assert.Single(_rig.Servers.OffersOf(_rig.Workspace)).Hash);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_told_and_costs_nothing_else()
    {
        _rig.WriteProject(".mcp.json", "{ not json");
        _rig.WriteProject(
            ".vscode/mcp.json",
            """{ "servers": { "a": {}, "b": { "command": 3 }, "c": { "command": "x", "url": "https://y" }, "d": { "command": "x" } } }"""
        );

        var problems = _rig.Read().Problems;

        Assert.Equal(4, problems.Length);
        Assert.StartsWith(
            ".mcp.json cannot be read, so its MCP servers are left out: ",
            problems[0],
            StringComparison.Ordinal
        );
        Assert.Equal(
            "The MCP server a in .vscode/mcp.json is left out: it has neither a command nor a url.",
            problems[1]
        );
        Assert.StartsWith("The MCP server b in .vscode/mcp.json is left out: ", problems[2], StringComparison.Ordinal);
        Assert.Equal(
            "The MCP server c in .vscode/mcp.json is left out: it has a command and a url; take one out.",
            problems[3]
        );
        Assert.Equal(["d: x"], Assert.Single(_rig.Servers.OffersOf(_rig.Workspace)).Lines.AsEnumerable());
    }

    [Fact]
    public void A_project_does_not_take_the_name_of_a_server_of_the_users()
    {
        _rig.OwnServers = """{ "git": { "command": "mine", "disabled": false } }""";
        _rig.WriteProject(".mcp.json", """{ "mcpServers": { "git": { "command": "theirs" } } }""");
        _rig.Trust.Withhold();

        Assert.Empty(_rig.Servers.OffersOf(_rig.Workspace));
    }

    [Fact]
    public async Task A_project_gets_no_keys_of_models_by_naming_them()
    {
        _rig.WriteProject(
            ".mcp.json",
            """{ "mcpServers": { "a": { "command": "x", "env": { "K": "${OPENAI_API_KEY}" } }, "b": { "command": "${input:key}" } } }"""
        );
        _rig.GiveForThisRun(_rig.Workspace, _rig.Servers.OffersOf(_rig.Workspace));
        _rig.Read();
        await _rig.Log.SaidAsync("ended");
        await _rig.Log.SaidAsync("ended");

        var problems = _rig.Read().Problems;

        Assert.Contains(
            "it wants ${OPENAI_API_KEY}, which Sage gives to no project",
            problems[0],
            StringComparison.Ordinal
        );
        Assert.Contains("Sage does not ask for inputs", problems[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("github", "list issues", "mcp__github__list_issues")]
    [InlineData("a__b", "c", "mcp__a_b__c")]
    [InlineData("__", "c", "mcp__server__c")]
    public void Names_can_be_told_apart(string server, string tool, string name) =>
        Assert.Equal(name, McpNames.Tool(McpNames.Server(server), tool));

    [Fact]
    public void Long_names_stay_different_and_short_enough()
    {
        var one = McpNames.Tool(McpNames.Server(new string('s', 80)), new string('t', 80) + "1");
        var other = McpNames.Tool(McpNames.Server(new string('s', 80)), new string('t', 80) + "2");

        Assert.NotEqual(one, other);
        Assert.Equal((64, 64), (one.Length, other.Length));
    }

    [Fact]
    public void Arguments_reach_the_program_as_they_are_whatever_a_shell_makes_of_them() =>
        Assert.Equal("'a'\\''; rm -rf $HOME `x`'", CommandLine.OfPosix("a'; rm -rf $HOME `x`"));
}
