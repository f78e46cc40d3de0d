using System.Collections.Immutable;
using Sage.Protocol.Permissions;
using Sage.Protocol.Plans;

namespace Sage.Protocol.Events;

/// <summary>The model proposes a plan. Until it is answered, or the call has its result, the user is asked about it.</summary>
/// <param name="CallId">The call that proposes it.</param>
/// <param name="Plan">Markdown.</param>
public sealed record PlanProposed(string CallId, string Plan) : DurableEvent;

/// <summary>What the user says to a proposed plan.</summary>
/// <param name="CallId">The call that proposed it.</param>
/// <param name="Decision">What becomes of it.</param>
/// <param name="Mode">The mode of the session from the next reply on; only of an accepted plan.</param>
/// <param name="Plan">The plan as the user has changed it.</param>
/// <param name="Comments">Words to parts of it.</param>
/// <param name="Reason">Words to all of it.</param>
public sealed record PlanAnswered(
    string CallId,
    PlanDecision Decision,
    PermissionMode? Mode = null,
    string? Plan = null,
    ImmutableArray<PlanComment>? Comments = null,
    string? Reason = null
) : DurableEvent;
