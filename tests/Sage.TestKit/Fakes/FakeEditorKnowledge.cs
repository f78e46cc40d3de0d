using System.Collections.Concurrent;
using Sage.Agent.EditorKnowledge;
using Sage.Protocol.EditorKnowledge;

namespace Sage.TestKit.Fakes;

/// <summary>An editor whose language servers say what the test wants.</summary>
public sealed class FakeEditorKnowledge : IEditorKnowledge
{
    public bool IsThere { get; set; } = true;

    /// <summary>What it was asked, in order.</summary>
    public ConcurrentQueue<object> Asked { get; } = new();

    /// <summary>When set, every question ends with it.</summary>
    public Exception? Failure { get; set; }

    public Func<ReadDiagnosticsParams, CancellationToken, Task<ReadDiagnosticsResult>> Diagnostics { get; set; } =
        (_, _) => Task.FromResult(Reported(0));

    public Func<FindReferencesParams, FoundLocations> References { get; set; } = _ => new FoundLocations(0, []);

    public Func<FindDefinitionsParams, FoundLocations> Definitions { get; set; } = _ => new FoundLocations(0, []);

    public Func<ListDocumentSymbolsParams, FoundSymbols> DocumentSymbols { get; set; } = _ => new FoundSymbols(0, []);

    public Func<FindWorkspaceSymbolsParams, FoundSymbols> WorkspaceSymbols { get; set; } = _ => new FoundSymbols(0, []);

    public Func<ReadHoverParams, ReadHoverResult> Hover { get; set; } = _ => new ReadHoverResult("");

    public Func<RenameSymbolParams, RenameSymbolResult> Rename { get; set; } = _ => new RenameSymbolResult();

    public Func<ListCodeActionsParams, ListCodeActionsResult> CodeActions { get; set; } =
        _ => new ListCodeActionsResult([]);

    /// <summary>An answer with these and no more.</summary>
    public static ReadDiagnosticsResult Reported(long revision, params EditorDiagnostic[] diagnostics) =>
        new(
            revision,
            [.. diagnostics],
            diagnostics.Count(static d => d.Severity == EditorSeverity.Error),
            diagnostics.Count(static d => d.Severity == EditorSeverity.Warning),
            diagnostics.Count(static d => d.Severity == EditorSeverity.Information),
            []
        );

    public Task<ReadDiagnosticsResult> ReadDiagnosticsAsync(
        ReadDiagnosticsParams request,
        CancellationToken cancellationToken
    )
    {
        Asked.Enqueue(request);
        return Failure is null
            ? Diagnostics(request, cancellationToken)
            : Task.FromException<ReadDiagnosticsResult>(Failure);
    }

    public Task<FoundLocations> FindReferencesAsync(
        FindReferencesParams request,
        CancellationToken cancellationToken
    ) => Answer(References, request);

    public Task<FoundLocations> FindDefinitionsAsync(
        FindDefinitionsParams request,
        CancellationToken cancellationToken
    ) => Answer(Definitions, request);

    public Task<FoundSymbols> ListDocumentSymbolsAsync(
        ListDocumentSymbolsParams request,
        CancellationToken cancellationToken
    ) => Answer(DocumentSymbols, request);

    public Task<FoundSymbols> FindWorkspaceSymbolsAsync(
        FindWorkspaceSymbolsParams request,
        CancellationToken cancellationToken
    ) => Answer(WorkspaceSymbols, request);

    public Task<ReadHoverResult> ReadHoverAsync(ReadHoverParams request, CancellationToken cancellationToken) =>
        Answer(Hover, request);

    public Task<RenameSymbolResult> RenameSymbolAsync(
        RenameSymbolParams request,
        CancellationToken cancellationToken
    ) => Answer(Rename, request);

    public Task<ListCodeActionsResult> ListCodeActionsAsync(
        ListCodeActionsParams request,
        CancellationToken cancellationToken
    ) => Answer(CodeActions, request);

    private Task<TAnswer> Answer<TQuestion, TAnswer>(Func<TQuestion, TAnswer> answer, TQuestion question)
        where TQuestion : class
    {
        Asked.Enqueue(question);
        return Failure is null ? Task.FromResult(answer(question)) : Task.FromException<TAnswer>(Failure);
    }
}
