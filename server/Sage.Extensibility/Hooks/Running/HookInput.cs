using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sage.Agent.Hooks;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Hooks.Dialects;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;

namespace Sage.Extensibility.Hooks.Running;

/// <summary>Writes an event as the JSON that a hook reads.</summary>
/// <param name="happened">The event.</param>
/// <param name="workspace">Where it happens.</param>
/// <param name="dialect">Whose names the hook knows.</param>
internal sealed class HookInput(HookEvent happened, Workspace workspace, HookDialect dialect)
{
    public byte[] ToBytes()
    {
        var bytes = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(bytes, options))
        {
            writer.WriteStartObject();
            WriteScene(writer);
            WriteEvent(writer);
            writer.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private void WriteScene(Utf8JsonWriter writer)
    {
        writer.WriteString("session_id", happened.Scene.SessionId);
        writer.WriteString("cwd", workspace.Root);
        writer.WriteString("permission_mode", Mode(happened.Scene.Mode));
        writer.WriteString("hook_event_name", happened.Moment.ToString());
        if (happened.Scene.Agent is { } agent)
        {
            writer.WriteString("agent_id", agent.CallId);
            writer.WriteString("agent_type", agent.Kind);
        }
    }

    private void WriteEvent(Utf8JsonWriter writer)
    {
        switch (happened)
        {
            case HookEvent.SessionStarted started:
                writer.WriteString("source", started.Source);
                break;
            case HookEvent.SessionEnded:
                writer.WriteString("reason", HookEvent.SessionEnded.Reason);
                break;
            case HookEvent.PromptSubmitted submitted:
                writer.WriteString("prompt", submitted.Prompt);
                break;
            case HookEvent.UserAsked asked:
                writer.WriteString("message", asked.Message);
                writer.WriteString("notification_type", HookEvent.UserAsked.Kind);
                break;
            case HookEvent.BeforeCompaction compaction:
                writer.WriteString("trigger", compaction.Trigger);
                writer.WriteString("custom_instructions", "");
                break;
            case HookEvent.TurnEnding ending:
                writer.WriteBoolean("stop_hook_active", ending.WasKept);
                writer.WriteString("last_assistant_message", ending.LastReply);
                break;
        }

        if (happened.Call is { } call)
        {
            WriteCall(writer, call);
        }
    }

    private void WriteCall(Utf8JsonWriter writer, HookCall call)
    {
        var claude = dialect == HookDialect.Claude ? new ClaudeInput(call, workspace.Root) : null;
        writer.WriteString("tool_name", claude?.Tool ?? call.Tool);
        writer.WritePropertyName("tool_input");
        if (claude is not null)
        {
            claude.Arguments.WriteTo(writer);
        }
        else
        {
            call.Input.WriteTo(writer);
        }

        writer.WriteString("tool_use_id", call.CallId);
        if (happened is HookEvent.AfterTool after)
        {
            WriteResult(writer, call, after);
        }
    }

    private void WriteResult(Utf8JsonWriter writer, HookCall call, HookEvent.AfterTool after)
    {
        if (after.Status != ToolCallStatus.Ok)
        {
            writer.WriteString("error", after.Text);
        }

        writer.WriteStartObject("tool_response");
        writer.WriteString("status", Word(after.Status));
        writer.WriteString("text", after.Text);
        if (dialect == HookDialect.Claude)
        {
            writer.WriteBoolean("success", after.Status == ToolCallStatus.Ok);
            if (call.Tool == "run_command")
            {
                writer.WriteString("stdout", after.Text);
                writer.WriteString("stderr", "");
            }
            else if (call.Files is [var file, ..])
            {
                writer.WriteString("filePath", file);
            }
        }

        writer.WriteEndObject();
    }

    private string Mode(PermissionMode mode) =>
        (dialect, mode) switch
        {
            (HookDialect.Claude, PermissionMode.Ask) => "default",
            (HookDialect.Claude, PermissionMode.AutoEdit) => "acceptEdits",
            (HookDialect.Claude, PermissionMode.Full) => "bypassPermissions",
            _ => JsonNamingPolicy.CamelCase.ConvertName(mode.ToString()),
        };

    private static string Word(ToolCallStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
