using System.Collections.Immutable;
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
);
