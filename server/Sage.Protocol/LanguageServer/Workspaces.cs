using System.Collections.Immutable;
using System.Text.Json;
using MediatR;

namespace Sage.Protocol.LanguageServer;

public sealed record WorkspaceFolder(string Uri, string Name);

/// <summary><see cref="LanguageServerMethods.DidChangeWorkspaceFolders"/>.</summary>
public sealed record DidChangeWorkspaceFoldersParams(WorkspaceFoldersChange Event) : IRequest<Done>;

public sealed record WorkspaceFoldersChange(
    ImmutableArray<WorkspaceFolder> Added,
    ImmutableArray<WorkspaceFolder> Removed
);

/// <summary><see cref="LanguageServerMethods.DidChangeConfiguration"/>.</summary>
/// <param name="Settings">All settings, from clients that push them; others are asked.</param>
public sealed record DidChangeConfigurationParams(JsonElement? Settings = null) : IRequest<Done>;

/// <summary><see cref="LanguageServerMethods.Configuration"/>. Answered with an array, one entry an item.</summary>
public sealed record ConfigurationParams(ImmutableArray<ConfigurationItem> Items);

public sealed record ConfigurationItem(string Section, string? ScopeUri = null);

/// <summary>The section <c>sage</c> of the user's settings, as far as the server reads it.</summary>
/// <param name="Provider">For example <c>anthropic</c>.</param>
/// <param name="BaseUrl">Where the provider answers, when it is not the usual place.</param>
/// <param name="Model">The model to start with.</param>
/// <param name="CodeActions">The light bulb.</param>
public sealed record SageConfiguration(
    string? Provider = null,
    string? BaseUrl = null,
    string? Model = null,
    CodeActionsConfiguration? CodeActions = null
);

/// <param name="Enabled">False hides Sage from the light bulb.</param>
public sealed record CodeActionsConfiguration(bool Enabled = true);

/// <summary><see cref="LanguageServerMethods.ApplyEdit"/>.</summary>
/// <param name="Label">What the undo menu shows.</param>
/// <param name="Edit">The edit.</param>
public sealed record ApplyWorkspaceEditParams(string Label, WorkspaceEdit Edit);

public sealed record WorkspaceEdit(ImmutableArray<TextDocumentEdit> DocumentChanges);

/// <param name="TextDocument">The version the edits were made for; the client refuses when it has moved on.</param>
/// <param name="Edits">The edits; they do not overlap.</param>
public sealed record TextDocumentEdit(VersionedTextDocumentIdentifier TextDocument, ImmutableArray<TextEdit> Edits);

public sealed record TextEdit(TextRange Range, string NewText);

/// <param name="Applied">False when the client refused.</param>
/// <param name="FailureReason">Why, for the log.</param>
public sealed record ApplyWorkspaceEditResult(bool Applied, string? FailureReason = null);

/// <summary><see cref="LanguageServerMethods.Progress"/>.</summary>
/// <param name="Token">The partial result token of the request.</param>
/// <param name="Value">The partial result.</param>
public sealed record InlineEditProgressParams(string Token, InlineEdits.InlineEditProgress Value);
