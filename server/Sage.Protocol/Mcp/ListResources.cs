using System.Collections.Immutable;
using MediatR;

namespace Sage.Protocol.Mcp;

/// <summary><see cref="Methods.ListResources"/>: what can stand behind an <c>@</c> in a prompt of what MCP servers offer now.</summary>
public sealed record ListResourcesParams : IRequest<ListResourcesResult>;

/// <param name="Resources">In the order of servers and addresses.</param>
public sealed record ListResourcesResult(ImmutableArray<ResourceSummary> Resources);

/// <summary>One resource of an MCP server. All but the server's name is the server's words.</summary>
/// <param name="Server">Its name.</param>
/// <param name="Uri">The address, or a template of addresses with <c>{…}</c> to be filled in.</param>
/// <param name="Name">For people, on one line.</param>
/// <param name="Description">One line.</param>
public sealed record ResourceSummary(string Server, string Uri, string Name, string? Description = null);
