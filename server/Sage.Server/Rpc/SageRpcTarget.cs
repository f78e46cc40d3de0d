using System.Text.Json;
using MediatR;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;
using Sage.Server.Hosting;

namespace Sage.Server.Rpc;

/// <summary>Where every message of the client arrives: checks that it may come now, keeps the order, and hands it to its handler.</summary>
internal sealed class SageRpcTarget(IMediator mediator, RequestQueue queue, ServerLifecycle lifecycle)
{
    public async Task<object?> HandleAsync(Route route, JsonElement? parameters, CancellationToken cancellationToken)
    {
        RefuseUntimely(route.Method);
        var response = await queue.RunAsync(
            route.Order,
            () => route.SendAsync(mediator, parameters, cancellationToken),
            cancellationToken
        );
        return route.Answer == RouteAnswer.Null ? null : response;
    }

    private void RefuseUntimely(string method)
    {
        if (method == LanguageServerMethods.Exit)
        {
            return;
        }

        switch (lifecycle.Stage)
        {
            case ServerStage.AwaitingInitialize when method != LanguageServerMethods.Initialize:
                throw new SageException(
                    ErrorCodes.ServerNotInitialized,
                    $"The first request must be 'initialize', not '{method}'."
                );
            case ServerStage.Running when method == LanguageServerMethods.Initialize:
                throw new SageException(ErrorCodes.InvalidRequest, "The server is initialized already.");
            case ServerStage.ShuttingDown:
                throw new SageException(ErrorCodes.InvalidRequest, "The server is shutting down.");
        }
    }
}
