using System.Text.Json;
using MediatR;
using Sage.Protocol;

namespace Sage.Server.Rpc;

/// <summary>How a message stands to the messages before and after it.</summary>
internal enum MessageOrder
{
    /// <summary>Starts when every earlier in-order message is done; may overlap everything else.</summary>
    Concurrent,

    /// <summary>Runs alone among the in-order messages, in the order of arrival; later messages see its effect.</summary>
    InOrder,
}

/// <summary>What the client gets to read.</summary>
internal enum RouteAnswer
{
    /// <summary>The handler's response.</summary>
    Response,

    /// <summary>Null, as the Language Server Protocol wants it; or nothing, when it was a notification.</summary>
    Null,
}

/// <summary>One method of the wire and the request it becomes.</summary>
internal sealed record Route(
    string Method,
    MessageOrder Order,
    RouteAnswer Answer,
    Func<IMediator, JsonElement?, CancellationToken, Task<object?>> SendAsync
)
{
    /// <summary>A request with an answer.</summary>
    public static Route Request<TRequest, TResponse>(string method, MessageOrder order = MessageOrder.Concurrent)
        where TRequest : class, IRequest<TResponse>
        where TResponse : class =>
        new(
            method,
            order,
            RouteAnswer.Response,
            async (mediator, parameters, cancellationToken) =>
                await mediator.Send(RequestParameters.Read<TRequest>(parameters), cancellationToken)
        );

    /// <summary>A notification, or a request whose answer is null.</summary>
    public static Route Notification<TRequest>(string method)
        where TRequest : class, IRequest<Done> =>
        Request<TRequest, Done>(method, MessageOrder.InOrder) with
        {
            Answer = RouteAnswer.Null,
        };
}
