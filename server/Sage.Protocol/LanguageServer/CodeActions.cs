using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Json;

namespace Sage.Protocol.LanguageServer;

/// <summary><see cref="LanguageServerMethods.CodeAction"/>: what can Sage do about this range?</summary>
public sealed record CodeActionParams(TextDocumentIdentifier TextDocument, TextRange Range, CodeActionContext Context)
    : IRequest<CodeActionList>;

/// <param name="Diagnostics">The problems in the range.</param>
/// <param name="Only">When given, only actions of these kinds (or below them) are wanted.</param>
/// <param name="TriggerKind">1: the user asked; 2: the editor asked by itself.</param>
public sealed record CodeActionContext(
    ImmutableArray<Diagnostic>? Diagnostics = null,
    ImmutableArray<string>? Only = null,
    int? TriggerKind = null
);

/// <param name="Range">Where.</param>
/// <param name="Message">For people.</param>
/// <param name="Severity">1 error, 2 warning, 3 information, 4 hint.</param>
/// <param name="Code">A string or a number.</param>
/// <param name="Source">Who found it: <c>ts</c>.</param>
public sealed record Diagnostic(
    TextRange Range,
    string Message,
    int? Severity = null,
    JsonElement? Code = null,
    string? Source = null
);

/// <summary>The answer to <see cref="CodeActionParams"/>; on the wire a plain array.</summary>
[JsonConverter(typeof(CodeActionListConverter))]
public sealed record CodeActionList(ImmutableArray<CodeAction> Actions);

/// <param name="Title">What the menu shows.</param>
/// <param name="Kind">A code action kind: <c>quickfix</c>, <c>refactor.rewrite</c>, …</param>
/// <param name="Command">What the client runs.</param>
/// <param name="Diagnostics">The problems it would solve.</param>
public sealed record CodeAction(
    string Title,
    string Kind,
    CodeActionCommand Command,
    ImmutableArray<Diagnostic>? Diagnostics = null
);

/// <param name="Title">What the menu shows.</param>
/// <param name="Command">A command of the extension.</param>
/// <param name="Arguments">One entry: which action it is.</param>
public sealed record CodeActionCommand(string Title, string Command, ImmutableArray<CodeActionReference> Arguments);

/// <param name="Id">For <see cref="ExecuteCommandParams"/>; valid for as long as the server remembers it.</param>
/// <param name="Kind">What the user chose.</param>
public sealed record CodeActionReference(string Id, SageActionKind Kind);

/// <summary>The things the light bulb offers.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SageActionKind>))]
public enum SageActionKind
{
    Fix,
    Explain,
    Rewrite,
    AddToChat,
    GenerateTests,
    Document,
}

/// <summary><see cref="LanguageServerMethods.ExecuteCommand"/>.</summary>
/// <param name="Command">One of <see cref="SageCommands"/>.</param>
/// <param name="Arguments">By command.</param>
public sealed record ExecuteCommandParams(string Command, ImmutableArray<JsonElement>? Arguments = null)
    : IRequest<ResolvedCodeAction>;

/// <summary>The commands the server advertises. Everything a user sees belongs to the extension.</summary>
public static class SageCommands
{
    /// <summary>Arguments: <c>[id]</c> of a <see cref="CodeActionReference"/>. Answers <see cref="ResolvedCodeAction"/>.</summary>
    public const string ResolveCodeAction = "sage.internal.resolveCodeAction";

    /// <summary>The extension's command that every code action runs.</summary>
    public const string RunCodeAction = "sage.runCodeAction";
}

/// <summary>What a chosen code action is about.</summary>
/// <param name="Kind">What the user chose.</param>
/// <param name="Path">Absolute path of the document.</param>
/// <param name="StartLine">1-based first line.</param>
/// <param name="EndLine">1-based last line, inclusive.</param>
/// <param name="Text">Those lines, unsaved changes included.</param>
/// <param name="Prompt">For Fix, Explain, GenerateTests and Document: the prompt to send, problems included.</param>
public sealed record ResolvedCodeAction(
    SageActionKind Kind,
    string Path,
    int StartLine,
    int EndLine,
    string Text,
    string? Prompt = null
);
