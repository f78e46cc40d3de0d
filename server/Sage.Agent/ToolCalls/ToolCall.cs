using System.Text.Json;
using Sage.Agent.Runtime;

namespace Sage.Agent.ToolCalls;

/// <summary>One call of the model, understood or not, on its way to its one result.</summary>
/// <param name="Work">The call among what runs.</param>
/// <param name="ReplyId">The reply that made it.</param>
/// <param name="Name">The tool's name as the model wrote it.</param>
/// <param name="Input">The arguments; an empty object when they were no JSON object.</param>
/// <param name="Tool">The tool; null when there is none of that name.</param>
/// <param name="Preparation">The understood call, or what is wrong with it.</param>
/// <param name="Context">Where it runs; null when it cannot.</param>
internal sealed record ToolCall(
    Work Work,
    string ReplyId,
    string Name,
    JsonElement Input,
    ITool? Tool,
    Preparation Preparation,
    ToolContext? Context
)
{
    /// <summary>Unique in the session.</summary>
    public string Id => Work.CallId!;

    public string Title => Preparation is Preparation.Accepted { Call: var call } ? call.Title : Name;

    public ResourceAccess Access =>
        Preparation is Preparation.Accepted { Call: var call } ? call.Access : ResourceAccess.None;
}
