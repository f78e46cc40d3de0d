using Sage.Agent.Permissions;
using Sage.Agent.Subagents;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Subagents;
using Sage.Protocol.Permissions;
using Sage.Protocol.Subagents;
using Sage.TestKit;

namespace Sage.Extensibility.Tests.Subagents;

public sealed class SubagentFilesTests : IDisposable
{
    private static readonly string[] Tools =
    [
        "apply_patch",
        "command_output",
        "delete_file",
        "edit_file",
        "fetch_url",
        "glob",
        "grep",
        "list_directory",
        "load_skill",
        "move_file",
        "read_file",
        "run_command",
        "run_subagent",
        "stop_command",
        "web_search",
        "write_file",
    ];

    private readonly TempFolder _workspace = new();
    private readonly TempFolder _home = new();
    private readonly WorkspaceTrust _trust = new();
    private readonly SubagentFiles _files;

    public SubagentFilesTests() =>
        _files = new SubagentFiles(new UserFolders(_home[".sage"], _home.Root), _trust, new ToolWords(Tools));

    public void Dispose()
    {
        _workspace.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void Kinds_of_all_places_are_listed_in_the_order_of_their_names()
    {
        _workspace.Write(".sage/agents/tester.md", "---\ndescription: Tests\n---\nTest it.");
        _workspace.Write(
            ".claude/agents/code-reviewer.md",
            "---\nname: reviewer\ndescription: Reviews\ntools: Read, Grep, Bash\nmodel: sonnet\ncolor: red\n---\n\nBe strict.\n"
        );
        _home.Write(".sage/agents/mine.md", "---\ndescription: Mine\n---\nDo it.");
        _home.Write(".claude/agents/old.md", "---\ndescription: >\n  Old\n  one\n---\nDo it.");

        var read = Read();

        Assert.Equal(["mine", "old", "reviewer", "tester"], read.Kinds.Select(kind => kind.Name));
        Assert.Equal(["Mine", "Old one", "Reviews", "Tests"], read.Kinds.Select(kind => kind.Description));
        Assert.Equal(
            [
                "~/.sage/agents/mine.md",
                "~/.claude/agents/old.md",
                ".claude/agents/code-reviewer.md",
                ".sage/agents/tester.md",
            ],
            read.Kinds.Select(kind => kind.Place)
        );
        var reviewer = read.Kinds[2];
        Assert.Equal("Be strict.", reviewer.Instructions);
        Assert.Equal(SubagentSource.Workspace, reviewer.Source);
        Assert.Equal(
            ["read_file", "grep", "run_command", "command_output", "stop_command"],
            reviewer.Tools.Only!.Value.AsEnumerable()
        );
        Assert.Null(reviewer.Model);
        Assert.Empty(read.Problems);
    }

    [Fact]
    public void A_workspace_that_nobody_trusts_brings_none_and_the_users_own_stay()
    {
        _workspace.Write(".sage/agents/theirs.md", "---\ndescription: Theirs\n---\nDo it.");
        _home.Write(".sage/agents/mine.md", "---\ndescription: Mine\n---\nDo it.");
        _trust.Withhold();

        Assert.Equal("mine", Assert.Single(Read().Kinds).Name);
        Assert.Null(_files.WorkspaceFolder(new Workspace(_workspace.Root)));
    }

    [Fact]
    public void Of_two_of_one_name_the_workspaces_counts_and_that_is_said()
    {
        _workspace.Write(".claude/agents/reviewer.md", "---\ndescription: Theirs\n---\nDo it.");
        _home.Write(".sage/agents/reviewer.md", "---\ndescription: Mine\n---\nDo it.");

        var read = Read();

        Assert.Equal("Theirs", Assert.Single(read.Kinds).Description);
        Assert.Equal(
            "The sub-agent ~/.sage/agents/reviewer.md was left out: .claude/agents/reviewer.md has its name, too.",
            Assert.Single(read.Problems).Text
        );
    }

    [Theory]
    [InlineData("tools: Read, Grep", "read_file grep")]
    [InlineData("tools: [Read, 'Grep']", "read_file grep")]
    [InlineData("tools:\n  - Read # looks\n  - \"Grep\"", "read_file grep")]
    [InlineData("tools: read_file, mcp__github, mcp__linear__*", "read_file mcp__github__* mcp__linear__*")]
    [InlineData("tools: []", "")]
    [InlineData("tools: Task, TodoWrite, Read", "read_file")]
    public void Tools_are_named_as_in_other_files(string yaml, string tools)
    {
        Write(yaml);

        Assert.Equal(tools, string.Join(' ', Assert.Single(Read().Kinds).Tools.Only!.Value));
        Assert.Empty(Read().Problems);
    }

    [Theory]
    [InlineData("tools: Read, Telepathy", "read_file", "its `tools` name Telepathy, which it does not get")]
    [InlineData("tools: Bash(git log:*), Read", "read_file", "its `tools` name Bash(git log:*), which it does not get")]
    [InlineData("tools: Telepathy", "", "its `tools` name Telepathy, which it does not get")]
    public void A_word_that_nobody_knows_allows_nothing_and_is_said(string yaml, string tools, string problem)
    {
        Write(yaml);

        var read = Read();

        Assert.Equal(tools, string.Join(' ', Assert.Single(read.Kinds).Tools.Only!.Value));
        Assert.Equal($"The sub-agent .sage/agents/a.md: {problem}.", Assert.Single(read.Problems).Text);
    }

    [Fact]
    public void What_is_denied_is_denied_whatever_it_is_called()
    {
        Write("tools: '*'\ndisallowedTools: Write, Bash(rm:*)");

        var tools = Assert.Single(Read().Kinds).Tools;

        Assert.Null(tools.Only);
        Assert.All(
            ["write_file", "apply_patch", "delete_file", "move_file", "run_command"],
            tool => Assert.False(tools.Has(tool))
        );
        Assert.True(tools.Has("read_file"));
    }

    [Theory]
    [InlineData(".sage", "model: anthropic/claude-x", "anthropic/claude-x")]
    [InlineData(".sage", "model: inherit", null)]
    [InlineData(".claude", "model: opus", null)]
    public void Only_the_users_own_files_choose_a_model(string folder, string yaml, string? model)
    {
        _home.Write($"{folder}/agents/a.md", $"---\ndescription: x\n{yaml}\n---\nDo it.");

        var read = Read();

        Assert.Equal(model, Assert.Single(read.Kinds).Model);
        Assert.Empty(read.Problems);
    }

    [Fact]
    public void A_repository_chooses_no_model_and_is_told_so()
    {
        Write("model: anthropic/claude-x");

        var read = Read();

        Assert.Null(Assert.Single(read.Kinds).Model);
        Assert.Contains("its model does not count", Assert.Single(read.Problems).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mode: plan", PermissionMode.Plan)]
    [InlineData("permissionMode: plan", PermissionMode.Plan)]
    [InlineData("permissionMode: bypassPermissions", null)]
    [InlineData("mode: full", PermissionMode.Full)]
    public void A_mode_is_a_limit(string yaml, PermissionMode? mode)
    {
        Write(yaml);

        Assert.Equal(mode, Assert.Single(Read().Kinds).Mode);
    }

    [Theory]
    [InlineData("max_requests: 7", 7)]
    [InlineData("maxTurns: 12", 12)]
    [InlineData("max_requests: 5000", 50)]
    [InlineData("color: red", 50)]
    public void Requests_are_limited_and_never_more_than_there_may_be(string yaml, int requests)
    {
        Write(yaml);

        Assert.Equal(requests, Assert.Single(Read().Kinds).Requests);
    }

    [Theory]
    [InlineData("---\nname: x\n---\nDo it.", "it says no description")]
    [InlineData("---\ndescription: x\n---\n", "it says nothing below")]
    [InlineData("Do it.", "it says no description")]
    [InlineData("---\ndescription x\n---\nDo it.", "line 2 of its front matter")]
    [InlineData("---\ndescription: x\nDo it.", "no end")]
    [InlineData("---\nname: a/b\ndescription: x\n---\nDo it.", "its name may have")]
    [InlineData("---\nname: explore\ndescription: x\n---\nDo it.", "explore is a kind that Sage brings")]
    [InlineData("---\ndescription: x\nmode: yolo\n---\nDo it.", "its mode may be")]
    [InlineData("---\ndescription: x\nmax_requests: many\n---\nDo it.", "its `max_requests` is to be a number")]
    [InlineData("---\ndescription: x\nmaxTurns: 0\n---\nDo it.", "its `maxTurns` is to be a number")]
    [InlineData("---\ndescription: x\ntools:\n---\nDo it.", "its `tools` cannot be read")]
    [InlineData("---\ndescription: x\ntools:\n  Read: true\n---\nDo it.", "its `tools` cannot be read")]
    [InlineData(
        "---\ndescription: x\ndisallowedTools:\n  Write: true\n---\nDo it.",
        "its `disallowedTools` cannot be read"
    )]
    public void What_cannot_be_read_is_left_out_and_named(string text, string problem)
    {
        _workspace.Write(".sage/agents/a.md", text);
        _workspace.Write(".sage/agents/good.md", "---\ndescription: Good\n---\nDo it.");

        var read = Read();

        Assert.Equal("good", Assert.Single(read.Kinds).Name);
        var told = Assert.Single(read.Problems);
        Assert.StartsWith("The sub-agent .sage/agents/a.md was left out: ", told.Text, StringComparison.Ordinal);
        Assert.Contains(problem, told.Text, StringComparison.Ordinal);
        Assert.Equal(_workspace[".sage/agents/a.md"], told.Path);
    }

    [Fact]
    public void A_giant_file_and_one_that_is_no_text_are_left_out()
    {
        _workspace.Write(".sage/agents/a.md", new string('x', 100_000));
        File.WriteAllBytes(_workspace[".sage/agents/b.md"], [0, 1, 2, 3]);

        var read = Read();

        Assert.Empty(read.Kinds);
        Assert.Equal(2, read.Problems.Length);
    }

    [Fact]
    public async Task The_model_is_told_of_each_in_a_line_and_sub_agents_are_not()
    {
        Write("name: reviewer");
        var sections = await new SubagentList(_files).ReadAsync(
            new Workspace(_workspace.Root),
            DateTimeOffset.UnixEpoch,
            CancellationToken.None
        );

        var section = Assert.Single(sections);
        Assert.EndsWith("\n- reviewer: x", section.Text, StringComparison.Ordinal);
        Assert.False(section.IsForSubagents);
    }

    [Fact]
    public async Task Where_there_are_none_nothing_is_said() =>
        Assert.Empty(
            await new SubagentList(_files).ReadAsync(
                new Workspace(_workspace.Root),
                DateTimeOffset.UnixEpoch,
                CancellationToken.None
            )
        );

    [Fact]
    public async Task A_list_that_is_too_long_is_cut_at_a_line()
    {
        for (var n = 0; n < 60; n++)
        {
            _workspace.Write($".sage/agents/a{n:00}.md", $"---\ndescription: {new string('x', 290)}\n---\nDo it.");
        }

        var section = Assert.Single(
            await new SubagentList(_files).ReadAsync(
                new Workspace(_workspace.Root),
                DateTimeOffset.UnixEpoch,
                CancellationToken.None
            )
        );

        Assert.InRange(section.Text.Length, 7_000, 8_200);
        Assert.EndsWith(
            "more are not listed here: start one when the user names it.",
            section.Text,
            StringComparison.Ordinal
        );
    }

    private void Write(string yaml) =>
        _workspace.Write(".sage/agents/a.md", $"---\ndescription: x\n{yaml}\n---\nDo it.");

    private SubagentKindSet Read() => _files.Read(new Workspace(_workspace.Root));
}
