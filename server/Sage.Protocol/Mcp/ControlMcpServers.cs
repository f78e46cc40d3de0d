using System.Collections.Immutable;
using MediatR;

namespace Sage.Protocol.Mcp;

/// <summary><see cref="Methods.StartMcpServer"/>: one that was stopped, or that was given up. Nothing for one that runs.</summary>
/// <param name="Server">Its <see cref="McpServerSummary.Name"/>.</param>
public sealed record StartMcpServerParams(string Server) : IRequest<Done>;

/// <summary><see cref="Methods.StopMcpServer"/>: until it is started again, or this process ends. Its tools are withheld from the model.</summary>
/// <param name="Server">Its <see cref="McpServerSummary.Name"/>.</param>
public sealed record StopMcpServerParams(string Server) : IRequest<Done>;

/// <summary><see cref="Methods.RestartMcpServer"/>: ends it when it runs, and starts it.</summary>
/// <param name="Server">Its <see cref="McpServerSummary.Name"/>.</param>
public sealed record RestartMcpServerParams(string Server) : IRequest<Done>;

/// <summary><see cref="Methods.SetMcpTool"/>: kept in the user's settings, for every workspace with a server of that name. Counts from the next request to the model on.</summary>
/// <param name="Server">Its <see cref="McpServerSummary.Name"/>.</param>
/// <param name="Tool">Its <see cref="McpToolSummary.Name"/>.</param>
/// <param name="Enabled">False switches it off.</param>
public sealed record SetMcpToolParams(string Server, string Tool, bool Enabled) : IRequest<Done>;

/// <summary><see cref="Methods.ReadMcpLog"/>: the newest of what a server said, and of what became of it. It goes on over restarts.</summary>
/// <param name="Server">Its <see cref="McpServerSummary.Name"/>.</param>
/// <param name="After">Only lines with a higher number.</param>
public sealed record ReadMcpLogParams(string Server, long After = 0) : IRequest<ReadMcpLogResult>;

/// <param name="Lines">In order. Numbers that are missing between two were dropped: only the newest are kept.</param>
public sealed record ReadMcpLogResult(ImmutableArray<McpLogLine> Lines);

/// <param name="Number">Grows by one with each line of the server.</param>
/// <param name="At">When it was said.</param>
/// <param name="IsNotice">True for words of Sage's, false for what came over the server's error stream.</param>
/// <param name="Text">Without colours, control characters and secrets.</param>
public sealed record McpLogLine(long Number, DateTimeOffset At, bool IsNotice, string Text);

/// <summary><see cref="Methods.UseEditorMcpServers"/>: the file in which the editor keeps the user's servers, in place of one that was named before.</summary>
/// <param name="Place">What it is called, for people.</param>
/// <param name="Path">Absolute. The file need not be there; null for none.</param>
public sealed record UseEditorMcpServersParams(string Place, string? Path = null) : IRequest<Done>;

/// <summary><see cref="Methods.McpChanged"/>. Several changes make one notification.</summary>
/// <param name="Servers">True when <see cref="Methods.ListMcpServers"/> has another answer than before.</param>
/// <param name="Logs">The servers whose log has more lines.</param>
public sealed record McpChangedParams(bool Servers, ImmutableArray<string> Logs);
