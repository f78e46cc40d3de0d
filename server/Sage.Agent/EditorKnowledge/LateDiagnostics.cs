using Microsoft.Extensions.AI;
using Sage.Agent.Context;
using Sage.Protocol.Events;

namespace Sage.Agent.EditorKnowledge;

/// <summary>Tells the model what its changes broke, at the next moment at which it can be told anything.</summary>
internal sealed class LateDiagnostics(DiagnosticsArrived arrived) : Passage
{
    private readonly ChatMessage _message = new(
        ChatRole.User,
        "(Sage: the editor now reports problems that were not there before you changed these files:)\n\n"
            + DiagnosticText.Marked(arrived.Diagnostics, arrived.More)
    );

    public override IEnumerable<ChatMessage> Messages() => [_message];

    public override PassageState Save() => new LateDiagnosticsState(arrived);
}
