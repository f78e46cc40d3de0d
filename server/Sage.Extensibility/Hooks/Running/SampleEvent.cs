using System.Text.Json;
using Sage.Agent.Hooks;
using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Hooks.Configuration;
using Sage.Extensibility.Hooks.Dialects;
using Sage.Protocol.Events;
using Sage.Protocol.Hooks;
using Sage.Protocol.Permissions;

namespace Sage.Extensibility.Hooks.Running;

/// <summary>Makes up an event that a hook is for, so that it can be tried.</summary>
internal static class SampleEvent
{
    private static readonly HookScene Scene = new("test", PermissionMode.Ask);

    private static readonly Dictionary<string, string> Inputs = new(StringComparer.Ordinal)
    {
        ["run_command"] = """{"command":"echo hello"}""",
        ["read_file"] = """{"path":"README.md"}""",
        ["edit_file"] = """{"path":"README.md","edits":[{"old_text":"old","new_text":"new"}]}""",
        ["write_file"] = """{"path":"hello.txt","content":"hello\n"}""",
        ["fetch_url"] = """{"url":"https://example.com/"}""",
        ["grep"] = """{"pattern":"hello"}""",
        ["glob"] = """{"pattern":"*.md"}""",
    };

    public static HookEvent For(HookSpec spec, Workspace workspace) =>
        spec.On switch
        {
            HookMoment.SessionStart => new HookEvent.SessionStarted(Scene, "startup"),
            HookMoment.SessionEnd => new HookEvent.SessionEnded(Scene),
            HookMoment.UserPromptSubmit => new HookEvent.PromptSubmitted(Scene, "Hello."),
            HookMoment.PreToolUse => new HookEvent.BeforeTool(Scene, Call(spec, workspace)),
            HookMoment.PostToolUse => new HookEvent.AfterTool(Scene, Call(spec, workspace), ToolCallStatus.Ok, "hello"),
            HookMoment.PostToolUseFailure => new HookEvent.AfterTool(
                Scene,
                Call(spec, workspace),
                ToolCallStatus.Error,
                "It did not work."
            ),
            HookMoment.PermissionRequest => new HookEvent.PermissionNeeded(Scene, Call(spec, workspace)),
            HookMoment.Notification => new HookEvent.UserAsked(
                Scene,
                Call(spec, workspace),
                "Sage asks for your permission: echo hello"
            ),
            HookMoment.PreCompact => new HookEvent.BeforeCompaction(Scene, "manual"),
            HookMoment.SubagentStop => new HookEvent.TurnEnding(
                Scene with
                {
                    Agent = new HookAgent("test", "general"),
                },
                WasKept: false,
                "Done."
            ),
            _ => new HookEvent.TurnEnding(Scene, WasKept: false, "Done."),
        };

    private static HookCall Call(HookSpec spec, Workspace workspace)
    {
        var tool = Inputs.Keys.FirstOrDefault(name => spec.Matcher.Matches(ToolWords.NamesOf(name)));
        var named = ToolWords.SageNameOf(spec.Matcher.Pattern?.Split('|')[0].Trim() ?? "run_command");
        var input = JsonElement.Parse(Inputs.GetValueOrDefault(tool ?? "", "{}"));
        var file = input.TryGetProperty("path", out var path) ? Path.Combine(workspace.Root, path.GetString()!) : null;
        return new HookCall(
            "test",
            tool ?? named,
            input,
            file is null ? [] : [file],
            new PermissionKey(PermissionKind.Execute, tool ?? named, input.GetRawText())
        );
    }
}
