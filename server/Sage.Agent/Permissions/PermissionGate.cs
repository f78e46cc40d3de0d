using System.Collections.Concurrent;
using Sage.Agent.Extensions;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;

namespace Sage.Agent.Permissions;

/// <summary>Decides whether a call may run: by the turn's mode, by what the user granted before, else by asking.</summary>
internal sealed class PermissionGate(string sessionId, IClient client, SessionRecorder recorder)
{
    private readonly ConcurrentDictionary<string, bool> _grants = new(StringComparer.Ordinal);

    /// <summary>The mode of the turn that runs.</summary>
    public PermissionMode Mode { get; set; } = PermissionMode.Ask;

    /// <summary>Null when the call may run; otherwise the result it gets instead.</summary>
    public async Task<ToolResult?> CheckAsync(
        ToolCall call,
        PreparedCall prepared,
        FileDiff? preview,
        CancellationToken cancellationToken
    )
    {
        var (kind, rule) = prepared.Permission;
        return (Mode, kind) switch
        {
            (_, PermissionKind.Read) => null,
            (PermissionMode.Plan, _) => Denied(
                "This is plan mode: only reads are allowed. Describe the change instead of making it."
            ),
            (PermissionMode.Full, _) => null,
            (PermissionMode.AutoEdit, PermissionKind.Edit) => null,
            _ when _grants.ContainsKey(rule) => null,
            _ => await AskAsync(call, prepared, preview, cancellationToken),
        };
    }

    /// <summary>A grant from the journal, after a restart.</summary>
    public void Restore(string rule) => _grants[rule] = true;

    private async Task<ToolResult?> AskAsync(
        ToolCall call,
        PreparedCall prepared,
        FileDiff? preview,
        CancellationToken cancellationToken
    )
    {
        var rule = prepared.Permission.Rule;
        await recorder.RecordAsync(new PermissionAsked(call.Id, rule), cancellationToken);
        var answer = await client.RequestPermissionAsync(
            new PermissionRequestParams(sessionId, call.Id, call.Name, prepared.Title, call.Input, rule, preview),
            cancellationToken
        );
        var allowed = answer.Decision == PermissionDecision.Allow;
        var granted = allowed && answer.Scope == GrantScope.Session ? rule : null;
        if (granted is not null)
        {
            _grants[rule] = true;
        }

        await recorder.RecordAsync(
            new PermissionAnswered(call.Id, answer.Decision, answer.Scope, granted),
            cancellationToken
        );
        if (allowed)
        {
            // What the user approved must not be forgotten by a crash while it happens.
            recorder.Flush();
            return null;
        }

        return Denied(
            string.IsNullOrWhiteSpace(answer.Reason)
                ? "The user did not allow this call."
                : $"Not allowed: {answer.Reason}"
        );
    }

    private static ToolResult Denied(string reason) => new(ToolCallStatus.Denied, reason);
}
