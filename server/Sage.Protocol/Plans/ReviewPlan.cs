using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sage.Protocol.Json;
using Sage.Protocol.Permissions;

namespace Sage.Protocol.Plans;

/// <summary>
/// <see cref="Methods.ReviewPlan"/>: the model proposes a plan, and nothing is changed until the user has accepted one. Cancelled by
/// the server when the turn is stopped.
/// </summary>
/// <param name="SessionId">The session that plans.</param>
/// <param name="CallId">The tool call; the review belongs on its card.</param>
/// <param name="Plan">Markdown, as the model wrote it.</param>
public sealed record ReviewPlanParams(string SessionId, string CallId, string Plan);

/// <param name="Decision">What becomes of the plan.</param>
/// <param name="Mode">The mode in which an accepted plan is carried out: <c>ask</c>, which also stands for what is no such mode, or <c>autoEdit</c>.</param>
/// <param name="Plan">The plan as the user has changed it; absent when they did not.</param>
/// <param name="Comments">Words to parts of the plan, in the order of its lines; the model reads them.</param>
/// <param name="Reason">Words to all of it; the model reads them.</param>
public sealed record ReviewPlanResult(
    PlanDecision Decision,
    PermissionMode? Mode = null,
    string? Plan = null,
    ImmutableArray<PlanComment>? Comments = null,
    string? Reason = null
);

/// <summary>What the user says to one part of a plan.</summary>
/// <param name="Line">1-based line of the plan where the part begins; of the changed one, when there is one.</param>
/// <param name="Quote">The part, as it stands there.</param>
/// <param name="Text">The user's words.</param>
public sealed record PlanComment(int Line, string Quote, string Text);

[JsonConverter(typeof(CamelCaseEnumConverter<PlanDecision>))]
public enum PlanDecision
{
    /// <summary>Plan mode ends, and the turn goes on with the plan.</summary>
    Accept,

    /// <summary>The model is to propose another one; still in plan mode.</summary>
    Revise,

    /// <summary>The turn ends; still in plan mode.</summary>
    Reject,
}
