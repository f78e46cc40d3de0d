namespace Sage.Protocol.Mcp;

/// <summary><see cref="Methods.ReadMcpSecret"/>: what was kept for an MCP server in the editor's secret storage.</summary>
/// <param name="Name">What it is kept under; the editor keeps it apart from everything else.</param>
public sealed record ReadMcpSecretParams(string Name);

/// <param name="Value">Null when there is none.</param>
public sealed record ReadMcpSecretResult(string? Value = null);

/// <summary><see cref="Methods.WriteMcpSecret"/>: keeps something for an MCP server in the editor's secret storage.</summary>
/// <param name="Name">What it is kept under.</param>
/// <param name="Value">Null forgets it.</param>
public sealed record WriteMcpSecretParams(string Name, string? Value = null);
