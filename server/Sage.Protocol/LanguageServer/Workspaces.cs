using System.Collections.Immutable;
using System.Text.Json;
using MediatR;
using Sage.Protocol.LanguageModels;

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
    CodeActionsConfiguration? CodeActions = null,
    string? SmallModel = null,
    ImmutableArray<string>? FallbackModels = null,
    string? ReasoningEffort = null,
    ImmutableDictionary<string, ModelPrice>? Prices = null,
    BudgetConfiguration? Budget = null,
    PermissionConfiguration? Permissions = null,
    SandboxConfiguration? Sandbox = null,
    SecretsConfiguration? Secrets = null,
    WebConfiguration? Web = null,
    McpConfiguration? Mcp = null,
    JsonElement? Hooks = null,
    HookConfiguration? HookSettings = null
)
{
    /// <summary>These settings where they say something, else the others.</summary>
    public SageConfiguration Over(SageConfiguration others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new SageConfiguration(
            Given(Provider) ?? others.Provider,
            Given(BaseUrl) ?? others.BaseUrl,
            Given(Model) ?? others.Model,
            CodeActions ?? others.CodeActions,
            Given(SmallModel) ?? others.SmallModel,
            FallbackModels is { IsDefaultOrEmpty: false } fallbacks ? fallbacks : others.FallbackModels,
            Given(ReasoningEffort) ?? others.ReasoningEffort,
            Prices is { IsEmpty: false } prices ? (others.Prices ?? prices).SetItems(prices) : others.Prices,
            (Budget ?? new BudgetConfiguration()).Over(others.Budget ?? new BudgetConfiguration()),
            Permissions ?? others.Permissions,
            Sandbox ?? others.Sandbox,
            Secrets ?? others.Secrets,
            Web ?? others.Web,
            Mcp ?? others.Mcp,
            Hooks ?? others.Hooks,
            HookSettings ?? others.HookSettings
        );
    }

    // An editor sends an empty string for a setting that is not set.
    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}

/// <summary>What is kept out of conversations. Only in the user's <c>settings.json</c>; read once.</summary>
/// <param name="HideShapes">
/// Whether what has the shape of a key is hidden, or only keys that Sage was given; true by default.
/// </param>
public sealed record SecretsConfiguration(bool? HideShapes = null);

/// <summary>Rules such as <c>run_command(npm test *)</c>, <c>edit_file(src/**)</c>, <c>read(.env)</c>. What denies is stronger than what asks, and that than what allows.</summary>
/// <param name="Allow">Runs without asking.</param>
/// <param name="Ask">Asks in every mode.</param>
/// <param name="Deny">Never runs.</param>
public sealed record PermissionConfiguration(
    ImmutableArray<string>? Allow = null,
    ImmutableArray<string>? Ask = null,
    ImmutableArray<string>? Deny = null
);

/// <summary>The walls around commands that run without anybody having looked at them.</summary>
/// <param name="Enabled">False runs them without walls; true when absent.</param>
/// <param name="Network">Whether they may use the network; false when absent.</param>
/// <param name="Writable">Folders outside the workspace that they may change, such as <c>~/.npm</c>.</param>
public sealed record SandboxConfiguration(
    bool? Enabled = null,
    bool? Network = null,
    ImmutableArray<string>? Writable = null
);

/// <summary>What may be spent before the user is asked. Zero and absent are: without limit.</summary>
/// <param name="TurnCost">US dollars of one turn.</param>
/// <param name="TurnTokens">Input and output tokens of one turn.</param>
/// <param name="TurnSteps">Model requests of one turn.</param>
/// <param name="TurnMinutes">Minutes of one turn.</param>
/// <param name="SessionCost">US dollars of all turns of a session.</param>
public sealed record BudgetConfiguration(
    decimal? TurnCost = null,
    long? TurnTokens = null,
    int? TurnSteps = null,
    double? TurnMinutes = null,
    decimal? SessionCost = null
)
{
    /// <summary>These limits where they are set, else the others.</summary>
    public BudgetConfiguration Over(BudgetConfiguration others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new BudgetConfiguration(
            TurnCost > 0 ? TurnCost : others.TurnCost,
            TurnTokens > 0 ? TurnTokens : others.TurnTokens,
            TurnSteps > 0 ? TurnSteps : others.TurnSteps,
            TurnMinutes > 0 ? TurnMinutes : others.TurnMinutes,
            SessionCost > 0 ? SessionCost : others.SessionCost
        );
    }
}

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
