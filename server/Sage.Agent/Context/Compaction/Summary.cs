using Microsoft.Extensions.AI;

namespace Sage.Agent.Context.Compaction;

/// <summary>Stands for everything that was said before it.</summary>
/// <param name="summary">A model's words, or ours.</param>
/// <param name="facts">What is known without any model.</param>
internal sealed class Summary(string summary, string facts) : Passage
{
    private readonly ChatMessage _message = new(
        ChatRole.User,
        $"""
        (Sage: the earlier part of this conversation was summarised to make room. Go on from here.)

        <summary>
        {summary.Trim()}
        </summary>

        <state>
        {facts.Trim()}
        </state>
        """
    );

    public override IEnumerable<ChatMessage> Messages() => [_message];

    public override PassageState Save() => new SummaryState(summary, facts);
}
