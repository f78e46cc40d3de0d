using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Json;
using Sage.Protocol.Permissions;

namespace Sage.Protocol.Commands;

/// <summary><see cref="Methods.ListCommands"/>: what can stand behind a slash at the beginning of a prompt. A workspace that is not trusted brings none.</summary>
public sealed record ListCommandsParams : IRequest<ListCommandsResult>;

/// <param name="Commands">In the order of their names.</param>
/// <param name="Problems">For people: which files were left out, and why.</param>
public sealed record ListCommandsResult(ImmutableArray<CommandSummary> Commands, ImmutableArray<string> Problems);

/// <summary>A prompt that people keep in a Markdown file, or that an MCP server offers.</summary>
/// <param name="Name">Without the slash: <c>review</c>, <c>git:commit</c>, <c>mcp__github__triage</c>.</param>
/// <param name="Description">One line.</param>
/// <param name="Source">Whose it is.</param>
/// <param name="Place">The file, as people write it: <c>.sage/commands/review.md</c>; <c>Sage</c> for what it brings itself, <c>MCP server github</c> for what a server offers.</param>
/// <param name="ArgumentHint">What is to be written behind the name.</param>
public sealed record CommandSummary(
    string Name,
    string Description,
    CommandSource Source,
    string Place,
    string? ArgumentHint = null
);

/// <summary>Who brought a command.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CommandSource>))]
public enum CommandSource
{
    Workspace,
    User,

    /// <summary>Sage itself.</summary>
    BuiltIn,

    /// <summary>An MCP server.</summary>
    McpServer,
}

/// <summary>What was sent in place of the words of a prompt that was a command.</summary>
/// <param name="Name">Without the slash.</param>
/// <param name="Place">The file it came from.</param>
/// <param name="Text">What the model reads; where there are lines, what stands before the first.</param>
/// <param name="ModeBefore">The mode that the next turn goes back to, where the command made this one stricter.</param>
/// <param name="Lines">Command lines whose output the model reads in their place, in order.</param>
/// <param name="Source">Who else wrote the text, when nobody here has seen it before: what the model does on it is asked. Null for files.</param>
public sealed record SentCommand(
    string Name,
    string Place,
    string Text,
    PermissionMode? ModeBefore = null,
    ImmutableArray<ShellLine>? Lines = null,
    string? Source = null
);

/// <summary>A line for the shell in a command file. It runs when the turn begins, as a tool call that no reply has made.</summary>
/// <param name="CallId">The call that runs it; the model reads that call's result.</param>
/// <param name="Line">With the arguments put in: exactly what runs.</param>
/// <param name="Behind">The words up to the next one, or to the end.</param>
public sealed record ShellLine(string CallId, string Line, string Behind);
