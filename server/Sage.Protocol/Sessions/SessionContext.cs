using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Json;

namespace Sage.Protocol.Sessions;

/// <summary><see cref="Methods.DescribeContext"/>: what the next request of a session would say to the model, and how much of its context that takes.</summary>
/// <param name="SessionId">The session.</param>
public sealed record DescribeContextParams(string SessionId) : IRequest<DescribeContextResult>;

/// <param name="Model">The id of the model that would be asked.</param>
/// <param name="Parts">In the order in which a request says them.</param>
/// <param name="IsMeasured">True when the provider's count of the last request says how many tokens a character is; else a rule of thumb does.</param>
/// <param name="Window">How many tokens the model can read, where that is known.</param>
/// <param name="CompactsAt">From how many tokens on the conversation is made shorter; absent without a window.</param>
public sealed record DescribeContextResult(
    string Model,
    ImmutableArray<ContextPart> Parts,
    bool IsMeasured,
    int? Window = null,
    long? CompactsAt = null
);

/// <summary>One part of a request.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Tokens">About: no provider counts by parts.</param>
/// <param name="Name">Which one, where there are several of a kind: <c>Rules from AGENTS.md</c>.</param>
public sealed record ContextPart(ContextPartKind Kind, long Tokens, string? Name = null);

/// <summary>What a part of a request is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ContextPartKind>))]
public enum ContextPartKind
{
    /// <summary>Sage's own words in the system prompt.</summary>
    Instructions,

    /// <summary>What files and the workspace say in the system prompt: rules, the list of skills, facts.</summary>
    Rules,

    /// <summary>The schemas of Sage's tools.</summary>
    Tools,

    /// <summary>The schemas of the tools of MCP servers.</summary>
    ServerTools,

    /// <summary>The summary that stands for what was said earlier.</summary>
    Summary,

    /// <summary>What the user said and attached.</summary>
    Prompts,

    /// <summary>What the model said and thought, and its calls.</summary>
    Replies,

    /// <summary>What the calls gave.</summary>
    ToolResults,

    /// <summary>What Sage told the model: background commands that ended, files that were restored.</summary>
    News,
}
