using Sage.Protocol.EditorKnowledge;

namespace Sage.Agent.EditorKnowledge;

/// <summary>
/// What the editor knows of the code, from the language servers that the user runs. It only tells: what would change files is
/// answered with the edits. Paths are absolute, with symbolic links resolved up to the workspace. Port: implemented in Sage.Server.
/// </summary>
/// <remarks>
/// Each question ends within half a minute. <see cref="EditorSilentException"/> says that the editor is gone, has failed or has not
/// answered in time.
/// </remarks>
public interface IEditorKnowledge
{
    /// <summary>False in a terminal, and for editors that do not say that they answer.</summary>
    bool IsThere { get; }

    /// <summary>What language servers report.</summary>
    Task<ReadDiagnosticsResult> ReadDiagnosticsAsync(
        ReadDiagnosticsParams request,
        CancellationToken cancellationToken
    );

    /// <summary>Where a symbol is used.</summary>
    Task<FoundLocations> FindReferencesAsync(FindReferencesParams request, CancellationToken cancellationToken);

    /// <summary>Where a symbol is defined.</summary>
    Task<FoundLocations> FindDefinitionsAsync(FindDefinitionsParams request, CancellationToken cancellationToken);

    /// <summary>The outline of a file.</summary>
    Task<FoundSymbols> ListDocumentSymbolsAsync(ListDocumentSymbolsParams request, CancellationToken cancellationToken);

    /// <summary>Symbols by name.</summary>
    Task<FoundSymbols> FindWorkspaceSymbolsAsync(
        FindWorkspaceSymbolsParams request,
        CancellationToken cancellationToken
    );

    /// <summary>Type and documentation of a symbol.</summary>
    Task<ReadHoverResult> ReadHoverAsync(ReadHoverParams request, CancellationToken cancellationToken);

    /// <summary>What renaming a symbol would change.</summary>
    Task<RenameSymbolResult> RenameSymbolAsync(RenameSymbolParams request, CancellationToken cancellationToken);

    /// <summary>What the light bulb offers, or what one entry of it would change.</summary>
    Task<ListCodeActionsResult> ListCodeActionsAsync(
        ListCodeActionsParams request,
        CancellationToken cancellationToken
    );
}
