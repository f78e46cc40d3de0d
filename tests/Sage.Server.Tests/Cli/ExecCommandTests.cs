using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;
using Sage.Sandbox.Walls;
using Sage.Server.Cli;
using Sage.TestKit.Agents;

namespace Sage.Server.Tests.Cli;

public sealed class ExecCommandTests : IDisposable
{
    private readonly ExecRig _rig = new();

    [Fact]
    public async Task The_answer_is_on_standard_output_and_ends_with_a_line()
    {
        _rig.Models.Client.Reply(new TextContent("Hello "), new TextContent("world"));

        var code = await _rig.RunAsync(new ExecOptions { Prompt = "hi" });

        Assert.Equal((0, "Hello world\n", ""), (code, _rig.Output, _rig.Error));
    }

    [Fact]
    public async Task Json_prints_one_event_a_line_and_nothing_else()
    {
        var code = await _rig.RunAsync(new ExecOptions { Prompt = "hi", Json = true });

        Assert.Equal(0, code);
        Assert.Equal("turnEnded", _rig.Events[^1].GetProperty("event").GetProperty("type").GetString());
        Assert.All(_rig.Events, e => Assert.NotEmpty(e.GetProperty("sessionId").GetString()!));
    }

    [Fact]
    public async Task What_a_project_offers_is_told_and_used_only_when_the_command_line_says_so()
    {
        _rig.Folder.Write(".sage/settings.json", """{ "permissions": { "allow": ["edit({})"] } }""");
        var runs = EditTool();
        _rig.Models.Client.Reply(ScriptedChatClient.Call("1", "edit"));

        await _rig.RunAsync(new ExecOptions { Prompt = "go" });

        Assert.Contains("--trust-project uses them for this run.", _rig.Error, StringComparison.Ordinal);
        Assert.Empty(runs);
        _rig.Models.Client.Reply(ScriptedChatClient.Call("1", "edit"));
        await _rig.RunAsync(new ExecOptions { Prompt = "go", TrustProject = true });
        Assert.Single(runs);
    }

    [Fact]
    public async Task A_dash_reads_the_prompt_from_standard_input()
    {
        using var rig = new ExecRig { Input = "from the pipe" };

        await rig.RunAsync(new ExecOptions { Prompt = "-" });

        Assert.Contains("from the pipe", rig.Models.Client.Requests[0][^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_would_ask_is_denied_with_a_reason_for_the_model_and_for_people()
    {
        EditTool();
        _rig.Models.Client.Reply(ScriptedChatClient.Call("c1", "edit"));

        var code = await _rig.RunAsync(new ExecOptions { Prompt = "edit" });

        Assert.Equal(0, code);
        var answer = _rig.Models.Client.Requests[1].SelectMany(m => m.Contents).OfType<ToolCallAnswer>().Single();
        Assert.Contains("--allow 'edit({})'", answer.Text, StringComparison.Ordinal);
        Assert.Contains("denied", _rig.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("edit")]
    [InlineData("edit({})")]
    public async Task An_allowed_tool_or_call_runs(string rule)
    {
        var runs = EditTool();
        _rig.Models.Client.Reply(ScriptedChatClient.Call("c1", "edit"));

        await _rig.RunAsync(new ExecOptions { Prompt = "edit", Allow = [rule] });

        Assert.Single(runs);
    }

    [Fact]
    public async Task Full_mode_runs_and_warns_once_where_walls_are_missing()
    {
        var runs = EditTool();
        _rig.Models.Client.Reply(ScriptedChatClient.Call("c1", "edit"));

        await _rig.RunAsync(new ExecOptions { Prompt = "edit", Mode = PermissionMode.Full });

        Assert.Single(runs);
        var warnings = _rig.Error.Split('\n').Count(line => line.Contains("--mode full", StringComparison.Ordinal));
        Assert.Equal(SandboxSupport.OfThisComputer.Missing.IsEmpty ? 0 : 1, warnings);
    }

    [Fact]
    public async Task A_failed_turn_is_exit_1_and_says_why()
    {
        _rig.Models.Client.Reply(_ =>
            throw new ModelException(TurnErrorCodes.Authentication, "The key is wrong.", false)
        );

        var code = await _rig.RunAsync(new ExecOptions { Prompt = "hi" });

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("The key is wrong.", _rig.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_is_exit_3()
    {
        _rig.Tools.Add(FunctionTool.Answering("look", _ => "seen"));
        _rig.Models.Client.Reply(ScriptedChatClient.Call("c1", "look"));

        Assert.Equal(ExitCodes.LimitReached, await _rig.RunAsync(new ExecOptions { Prompt = "hi", MaxSteps = 1 }));
    }

    [Fact]
    public async Task Continue_and_resume_go_on_with_a_session()
    {
        await _rig.RunAsync(new ExecOptions { Prompt = "first", Json = true });
        var session = _rig.Events[0].GetProperty("sessionId").GetString();

        await _rig.RunAsync(
            new ExecOptions
            {
                Prompt = "second",
                Json = true,
                Continue = true,
            }
        );
        Assert.Equal(session, _rig.Events[0].GetProperty("sessionId").GetString());

        await _rig.RunAsync(
            new ExecOptions
            {
                Prompt = "third",
                Json = true,
                Resume = session,
            }
        );
        Assert.Equal(session, _rig.Events[0].GetProperty("sessionId").GetString());
        Assert.Contains(_rig.Models.Client.Requests[^1], m => m.Text.Contains("first", StringComparison.Ordinal));
    }

    public static TheoryData<string, string> Mistakes =>
        new()
        {
            { "empty", "the prompt is empty" },
            { "both", "exclude each other" },
            { "folder", "does not exist" },
            { "steps", "--max-steps" },
            { "minutes", "--max-minutes" },
            { "cost", "--max-cost" },
            { "price", "price of test/scripted is not known" },
            { "rule", "--allow run_command(npm *: write a tool's name" },
            { "resume", "no session nope" },
            { "continue", "there is no session" },
        };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_of_the_caller_is_exit_2_and_says_what_to_do(string mistake, string said)
    {
        var options = new ExecOptions { Prompt = "hi" };
        options = mistake switch
        {
            "empty" => options with { Prompt = " " },
            "both" => options with { Continue = true, Resume = "x" },
            "folder" => options with { Cwd = _rig.Folder["nowhere"] },
            "steps" => options with { MaxSteps = 0 },
            "minutes" => options with { MaxMinutes = 0 },
            "cost" => options with { MaxCost = -1 },
            "price" => options with { MaxCost = 1 },
            "rule" => options with { Allow = ["run_command(npm *"] },
            "resume" => options with { Resume = "nope" },
            "continue" => options with { Continue = true },
            _ => throw new ArgumentOutOfRangeException(nameof(mistake)),
        };

        var code = await _rig.RunAsync(options);

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains(said, _rig.Error, StringComparison.Ordinal);
        Assert.Empty(_rig.Models.Client.Requests);
    }

    public void Dispose() => _rig.Dispose();

    private List<string> EditTool()
    {
        var runs = new List<string>();
        _rig.Tools.Add(
            new FunctionTool(
                "edit",
                (_, context, _) =>
                {
                    runs.Add(context.CallId);
                    return Task.FromResult(ToolResult.Ok("edited"));
                }
            )
            {
                Kind = PermissionKind.Edit,
            }
        );
        return runs;
    }
}
