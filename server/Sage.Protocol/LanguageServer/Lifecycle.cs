using System.Collections.Immutable;
using MediatR;

namespace Sage.Protocol.LanguageServer;

/// <summary><see cref="LanguageServerMethods.Initialize"/>: the first request of a connection.</summary>
/// <param name="ProcessId">The editor's process; the server ends when it does. Null when there is none.</param>
/// <param name="RootUri">The folder that is open, from clients without workspace folders.</param>
/// <param name="Capabilities">What the client can do.</param>
/// <param name="InitializationOptions">What Sage's own extension adds.</param>
/// <param name="WorkspaceFolders">The folders that are open; the first is the workspace.</param>
public sealed record InitializeParams(
    int? ProcessId = null,
    string? RootUri = null,
    ClientCapabilities? Capabilities = null,
    SageInitializationOptions? InitializationOptions = null,
    ImmutableArray<WorkspaceFolder>? WorkspaceFolders = null
) : IRequest<InitializeResult>;

/// <summary>The client capabilities that make a difference to Sage.</summary>
public sealed record ClientCapabilities(WorkspaceClientCapabilities? Workspace = null);

/// <param name="ApplyEdit">The client answers <see cref="LanguageServerMethods.ApplyEdit"/>.</param>
/// <param name="Configuration">The client answers <see cref="LanguageServerMethods.Configuration"/>.</param>
public sealed record WorkspaceClientCapabilities(bool ApplyEdit = false, bool Configuration = false);

/// <summary>What Sage's own extension tells its server at start.</summary>
/// <param name="RipgrepPath">The editor's copy of ripgrep.</param>
/// <param name="ClientVersion">The extension's version, for the log.</param>
/// <param name="WorkspaceTrusted">Whether the user trusts the workspace; a client that does not say is trusted.</param>
/// <param name="EditorModels">The client answers <see cref="Methods.ListEditorModels"/> and <see cref="Methods.AskEditorModel"/>.</param>
/// <param name="EditorKnowledge">The client answers <c>sage/editor/…</c>, so that the model gets the tools that ask for it.</param>
public sealed record SageInitializationOptions(
    string? RipgrepPath = null,
    string? ClientVersion = null,
    bool WorkspaceTrusted = true,
    bool EditorModels = false,
    bool EditorKnowledge = false
);

/// <param name="Capabilities">What the server can do.</param>
/// <param name="ServerInfo">Who answers.</param>
public sealed record InitializeResult(ServerCapabilities Capabilities, ServerIdentity ServerInfo);

public sealed record ServerIdentity(string Name, string Version);

/// <param name="PositionEncoding">How <see cref="Position.Character"/> counts; always <c>utf-16</c>.</param>
/// <param name="TextDocumentSync">What the server wants to hear about documents.</param>
/// <param name="CodeActionProvider">Which code actions there are.</param>
/// <param name="ExecuteCommandProvider">Commands for <see cref="LanguageServerMethods.ExecuteCommand"/>.</param>
/// <param name="Workspace">Workspace folders.</param>
public sealed record ServerCapabilities(
    string PositionEncoding,
    TextDocumentSyncOptions TextDocumentSync,
    CodeActionOptions CodeActionProvider,
    ExecuteCommandOptions ExecuteCommandProvider,
    WorkspaceServerCapabilities Workspace
);

/// <param name="OpenClose">Open and close notifications are wanted.</param>
/// <param name="Change">2: incremental.</param>
/// <param name="Save">Save notifications are wanted.</param>
public sealed record TextDocumentSyncOptions(bool OpenClose, int Change, SaveOptions Save);

public sealed record SaveOptions(bool IncludeText);

public sealed record CodeActionOptions(ImmutableArray<string> CodeActionKinds);

public sealed record ExecuteCommandOptions(ImmutableArray<string> Commands);

public sealed record WorkspaceServerCapabilities(WorkspaceFoldersServerCapabilities WorkspaceFolders);

public sealed record WorkspaceFoldersServerCapabilities(bool Supported, bool ChangeNotifications);

/// <summary><see cref="LanguageServerMethods.Initialized"/>.</summary>
public sealed record InitializedParams : IRequest<Done>;

/// <summary><see cref="LanguageServerMethods.Shutdown"/>: stop working; <see cref="ExitParams"/> follows.</summary>
public sealed record ShutdownParams : IRequest<Done>;

/// <summary><see cref="LanguageServerMethods.Exit"/>: end the process.</summary>
public sealed record ExitParams : IRequest<Done>;
