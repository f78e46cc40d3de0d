using Sage.Protocol.Plans;

namespace Sage.Agent.Plans;

/// <summary>What became of a proposed plan.</summary>
public abstract record PlanReview
{
    private PlanReview() { }

    /// <param name="Answer">What the user says; what they did not say is absent.</param>
    public sealed record Answered(ReviewPlanResult Answer) : PlanReview;

    /// <summary>There is no user. The plan is recorded; it is neither accepted nor refused.</summary>
    public sealed record Unseen : PlanReview;

    /// <param name="Why">Why no plan can be proposed now; the model reads it.</param>
    public sealed record Refused(string Why) : PlanReview;
}
