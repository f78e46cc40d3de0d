using Sage.Agent.Context;
using Sage.Agent.Context.Compaction;
using Sage.Agent.Sessions.State;
using Sage.Agent.ToolCalls.Late;
using Sage.Agent.Workspaces;
using Sage.Protocol.Sessions;

namespace Sage.Agent.Sessions;

/// <summary>Says what a session takes of the model's context, and what it has cost.</summary>
public sealed class SessionUse
{
    private readonly SessionParts _parts;
    private readonly Workspace _workspace;
    private readonly SessionRecorder _recorder;
    private readonly SessionTools _tools;
    private readonly Spending _spending;
    private readonly ContextMeter _meter;

    internal SessionUse(
        SessionParts parts,
        Workspace workspace,
        SessionRecorder recorder,
        SessionTools tools,
        Spending spending,
        ContextMeter meter
    ) =>
        (_parts, _workspace, _recorder, _tools, _spending, _meter) = (
            parts,
            workspace,
            recorder,
            tools,
            spending,
            meter
        );

    /// <summary>What fills the context of the model that would be asked next.</summary>
    /// <exception cref="Protocol.SageException">No model can answer.</exception>
    public async Task<DescribeContextResult> DescribeContextAsync(CancellationToken cancellationToken)
    {
        var conversation = _recorder.Conversation;
        var model = await _parts.Models.ResolveAsync(conversation.ChosenModel, cancellationToken);
        var fromSources = await _parts.Context.ReadSourcesAsync(_workspace, _recorder.StartedAt, cancellationToken);
        return ContextReport.Of(
            model,
            [.. SystemPrompt.Sections(conversation.LastMode)],
            [.. fromSources.Where(static section => section.Text.Length > 0)],
            _tools,
            conversation,
            _meter
        );
    }

    /// <summary>What the model requests have used.</summary>
    public DescribeCostResult DescribeCost() => new(_spending.Lines);
}
