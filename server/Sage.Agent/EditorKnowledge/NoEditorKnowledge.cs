using Sage.Protocol.EditorKnowledge;

namespace Sage.Agent.EditorKnowledge;

/// <summary>No editor: <c>sage exec</c>.</summary>
public sealed class NoEditorKnowledge : IEditorKnowledge
{
    public bool IsThere => false;

    public Task<ReadDiagnosticsResult> ReadDiagnosticsAsync(
        ReadDiagnosticsParams request,
        CancellationToken cancellationToken
    ) => Silence<ReadDiagnosticsResult>();

    public Task<FoundLocations> FindReferencesAsync(
        FindReferencesParams request,
        CancellationToken cancellationToken
    ) => Silence<FoundLocations>();

    public Task<FoundLocations> FindDefinitionsAsync(
        FindDefinitionsParams request,
        CancellationToken cancellationToken
    ) => Silence<FoundLocations>();

    public Task<FoundSymbols> ListDocumentSymbolsAsync(
        ListDocumentSymbolsParams request,
        CancellationToken cancellationToken
    ) => Silence<FoundSymbols>();

    public Task<FoundSymbols> FindWorkspaceSymbolsAsync(
        FindWorkspaceSymbolsParams request,
        CancellationToken cancellationToken
    ) => Silence<FoundSymbols>();

    public Task<ReadHoverResult> ReadHoverAsync(ReadHoverParams request, CancellationToken cancellationToken) =>
        Silence<ReadHoverResult>();

    public Task<RenameSymbolResult> RenameSymbolAsync(
        RenameSymbolParams request,
        CancellationToken cancellationToken
    ) => Silence<RenameSymbolResult>();

    public Task<ListCodeActionsResult> ListCodeActionsAsync(
        ListCodeActionsParams request,
        CancellationToken cancellationToken
    ) => Silence<ListCodeActionsResult>();

    private static Task<T> Silence<T>() =>
        Task.FromException<T>(new EditorSilentException("There is no editor to ask."));
}
