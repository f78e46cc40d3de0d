using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Json;
using Sage.Protocol.Turns;

namespace Sage.Protocol.Sessions;

/// <summary><see cref="Methods.DescribeCost"/>: what the model requests of a session have used.</summary>
/// <param name="SessionId">The session.</param>
public sealed record DescribeCostParams(string SessionId) : IRequest<DescribeCostResult>;

/// <param name="Lines">One for each purpose and model, in the order of the first request.</param>
public sealed record DescribeCostResult(ImmutableArray<CostLine> Lines);

/// <summary>What the requests for one purpose to one model have used.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="Requests">How many were answered.</param>
/// <param name="Usage">All together; the cost is of those whose price was known.</param>
/// <param name="Model">A model id; absent where the journal does not say, as for summaries.</param>
public sealed record CostLine(CostPurpose Purpose, int Requests, TokenUsage Usage, string? Model = null);

/// <summary>What models are asked for.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CostPurpose>))]
public enum CostPurpose
{
    /// <summary>Replies of the conversation.</summary>
    Replies,

    /// <summary>Replies inside sub-agents.</summary>
    Subagents,

    /// <summary>Making the conversation shorter.</summary>
    Summaries,

    /// <summary>Naming the session.</summary>
    Titles,

    /// <summary>What tools have models asked, as about a web page.</summary>
    Tools,
}
