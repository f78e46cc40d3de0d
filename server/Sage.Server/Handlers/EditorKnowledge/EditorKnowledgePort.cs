using Microsoft.Extensions.Logging;
using Sage.Agent.EditorKnowledge;
using Sage.Protocol;
using Sage.Protocol.EditorKnowledge;
using Sage.Server.Handlers.Lifecycle;
using Sage.Server.Rpc;
using StreamJsonRpc;

namespace Sage.Server.Handlers.EditorKnowledge;

/// <summary>Asks the client what its language servers know. A client that does not answer is not waited for.</summary>
internal sealed class EditorKnowledgePort(
    ClientConnection connection,
    EditorClient client,
    EditorPaths paths,
    TimeProvider time,
    ILogger<EditorKnowledgePort> log
) : IEditorKnowledge
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public bool IsThere => client.Options.EditorKnowledge;

    public async Task<ReadDiagnosticsResult> ReadDiagnosticsAsync(
        ReadDiagnosticsParams request,
        CancellationToken cancellationToken
    )
    {
        var asked = request with
        {
            Root = paths.ToEditor(request.Root),
            Paths = request.Paths is { } files ? [.. files.Select(paths.ToEditor)] : null,
        };
        var answer = await AskAsync<ReadDiagnosticsResult>(Methods.ReadDiagnostics, asked, cancellationToken);
        return answer with
        {
            Diagnostics =
            [
                .. answer.Diagnostics.Select(diagnostic =>
                    diagnostic with
                    {
                        Path = paths.FromEditor(diagnostic.Path),
                    }
                ),
            ],
            Unseen = [.. answer.Unseen.Select(paths.FromEditor)],
        };
    }

    public async Task<FoundLocations> FindReferencesAsync(
        FindReferencesParams request,
        CancellationToken cancellationToken
    ) =>
        Here(
            await AskAsync<FoundLocations>(
                Methods.FindReferences,
                request with
                {
                    Path = paths.ToEditor(request.Path),
                },
                cancellationToken
            )
        );

    public async Task<FoundLocations> FindDefinitionsAsync(
        FindDefinitionsParams request,
        CancellationToken cancellationToken
    ) =>
        Here(
            await AskAsync<FoundLocations>(
                Methods.FindDefinitions,
                request with
                {
                    Path = paths.ToEditor(request.Path),
                },
                cancellationToken
            )
        );

    public async Task<FoundSymbols> ListDocumentSymbolsAsync(
        ListDocumentSymbolsParams request,
        CancellationToken cancellationToken
    ) =>
        Here(
            await AskAsync<FoundSymbols>(
                Methods.ListDocumentSymbols,
                request with
                {
                    Path = paths.ToEditor(request.Path),
                },
                cancellationToken
            )
        );

    public async Task<FoundSymbols> FindWorkspaceSymbolsAsync(
        FindWorkspaceSymbolsParams request,
        CancellationToken cancellationToken
    ) =>
        Here(
            await AskAsync<FoundSymbols>(
                Methods.FindWorkspaceSymbols,
                request with
                {
                    Root = paths.ToEditor(request.Root),
                },
                cancellationToken
            )
        );

    public Task<ReadHoverResult> ReadHoverAsync(ReadHoverParams request, CancellationToken cancellationToken) =>
        AskAsync<ReadHoverResult>(
            Methods.ReadHover,
            request with
            {
                Path = paths.ToEditor(request.Path),
            },
            cancellationToken
        );

    public async Task<RenameSymbolResult> RenameSymbolAsync(
        RenameSymbolParams request,
        CancellationToken cancellationToken
    )
    {
        var asked = request with { Path = paths.ToEditor(request.Path) };
        var answer = await AskAsync<RenameSymbolResult>(Methods.RenameSymbol, asked, cancellationToken);
        return answer with { Edit = Here(answer.Edit) };
    }

    public async Task<ListCodeActionsResult> ListCodeActionsAsync(
        ListCodeActionsParams request,
        CancellationToken cancellationToken
    )
    {
        var asked = request with { Path = paths.ToEditor(request.Path) };
        var answer = await AskAsync<ListCodeActionsResult>(Methods.ListCodeActions, asked, cancellationToken);
        return answer with { Edit = Here(answer.Edit) };
    }

    private FoundLocations Here(FoundLocations found) =>
        found with
        {
            Locations =
            [
                .. found.Locations.Select(location => location with { Path = paths.FromEditor(location.Path) }),
            ],
        };

    private FoundSymbols Here(FoundSymbols found) =>
        found with
        {
            Symbols = [.. found.Symbols.Select(symbol => symbol with { Path = paths.FromEditor(symbol.Path) })],
        };

    private EditorEdit? Here(EditorEdit? edit) =>
        edit is null
            ? null
            : edit with
            {
                Files = [.. edit.Files.Select(file => file with { Path = paths.FromEditor(file.Path) })],
            };

    private async Task<T> AskAsync<T>(string method, object parameters, CancellationToken cancellationToken)
    {
        // What is given up is cancelled over there, too.
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await connection.RequestAsync<T>(method, parameters, either.Token);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EditorSilentException(
                $"The editor did not answer within {Patience.TotalSeconds:0} s: a language server may be busy. Try again later, or use grep and read_file.",
                error
            );
        }
        catch (Exception error) when (error is RemoteRpcException or ObjectDisposedException)
        {
            log.LogWarning(error, "The editor could not answer {Method}", method);
            throw new EditorSilentException($"The editor could not answer: {error.Message}", error);
        }
    }
}
