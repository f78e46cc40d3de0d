using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Json;

namespace Sage.Protocol.Memory;

/// <summary><see cref="Methods.ListMemory"/>: the files whose words every prompt begins with. A workspace that is not trusted brings none.</summary>
public sealed record ListMemoryParams : IRequest<ListMemoryResult>;

/// <param name="Files">In the order in which the model reads them: where two disagree, the later one counts.</param>
/// <param name="UserPath">Where something to remember in every workspace goes; absolute. The file need not be there.</param>
/// <param name="WorkspacePath">Where something to remember in this workspace goes; absolute. Null without a trusted workspace.</param>
public sealed record ListMemoryResult(ImmutableArray<MemoryFile> Files, string UserPath, string? WorkspacePath = null);

/// <summary>A file with rules for agents.</summary>
/// <param name="Name">As people write it: <c>AGENTS.md</c>, <c>~/.sage/AGENTS.md</c>.</param>
/// <param name="Path">Absolute.</param>
/// <param name="Source">Whose it is.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Problem">Why it was cut or left out, for people; null when all of it is read.</param>
/// <param name="ImportedBy">The file that points at it with <c>@</c>; null when it counts by its own name.</param>
public sealed record MemoryFile(
    string Name,
    string Path,
    MemorySource Source,
    long Length,
    string? Problem = null,
    string? ImportedBy = null
);

/// <summary>Who wrote a file with rules.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MemorySource>))]
public enum MemorySource
{
    User,
    Workspace,
}
