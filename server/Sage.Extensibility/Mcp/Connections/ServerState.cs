using System.Collections.Immutable;
using ModelContextProtocol.Protocol;

namespace Sage.Extensibility.Mcp.Connections;

/// <summary>How a server stands.</summary>
/// <param name="Tools">What it offered last.</param>
internal sealed record ServerState(ImmutableArray<Tool> Tools)
{
    public static ServerState Starting { get; } = new(ImmutableArray<Tool>.Empty);

    /// <summary>The prompts that it offered last.</summary>
    public ImmutableArray<Prompt> Prompts { get; init; } = [];

    /// <summary>What it offered to read last.</summary>
    public ImmutableArray<Resource> Resources { get; init; } = [];

    /// <summary>Addresses to be filled in.</summary>
    public ImmutableArray<ResourceTemplate> Templates { get; init; } = [];

    /// <summary>Null when it cannot be called now.</summary>
    public McpConnection? Connection { get; init; }

    /// <summary>True once it has said what it offers.</summary>
    public bool HasServed { get; init; }

    /// <summary>Why it does not run; null while it runs. Kept while it is started again.</summary>
    public string? Ended { get; init; }

    /// <summary>True while it is being started, and until that has ended in one way or the other.</summary>
    public bool IsTried { get; init; }

    /// <summary>When it is started again; null when it is not.</summary>
    public DateTimeOffset? RestartsAt { get; init; }

    /// <summary>True when it is not started again.</summary>
    public bool IsGivenUp { get; init; }
}
