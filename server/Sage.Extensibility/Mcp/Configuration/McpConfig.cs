using System.Collections.Immutable;
using Sage.Protocol.Mcp;
using Sage.Protocol.Permissions;

namespace Sage.Extensibility.Mcp.Configuration;

/// <summary>What all configuration files together say.</summary>
/// <param name="Own">The user's servers.</param>
/// <param name="OfProject">The project's, without those that have the name of one of the user's.</param>
/// <param name="Offer">The project's as they have to be agreed to; null when there are none.</param>
/// <param name="Problems">What could not be used, and what to do about it.</param>
internal sealed record McpConfig(
    ImmutableArray<McpServerSpec> Own,
    ImmutableArray<McpServerSpec> OfProject,
    ProjectOffer? Offer,
    ImmutableArray<string> Problems
)
{
    /// <summary>Servers that are written down and not wanted, or cannot be used.</summary>
    public ImmutableArray<LeftOutServer> LeftOut { get; init; } = [];

    /// <summary>Files that could not be read at all.</summary>
    public ImmutableArray<string> FileProblems { get; init; } = [];
}

/// <summary>A server that is written down and not used.</summary>
/// <param name="Name">Fit for the names of tools.</param>
/// <param name="Source">Who has configured it.</param>
/// <param name="Place">Where it stands, for people.</param>
/// <param name="Path">The same file; absolute.</param>
/// <param name="Key">Its name as it is written there.</param>
/// <param name="Problem">What is wrong with it; null when it is left out on purpose.</param>
internal sealed record LeftOutServer(
    string Name,
    McpServerSource Source,
    string Place,
    string Path,
    string Key,
    string? Problem
);
