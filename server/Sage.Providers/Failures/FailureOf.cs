using System.ClientModel;
using System.Net.Sockets;
using System.Text.Json;
using Sage.Protocol.Turns;

namespace Sage.Providers.Failures;

/// <summary>What was going on when an exception came up.</summary>
internal enum RequestCourse
{
    Running,

    /// <summary>The caller gave up: not a failure.</summary>
    Cancelled,

    /// <summary>We gave up, because nothing came.</summary>
    Silent,
}

/// <summary>Puts what went wrong into words, and decides whether sending again may help.</summary>
internal static class FailureOf
{
    /// <returns>Null for what is not a failure of the request: the caller's cancellation, and bugs.</returns>
    public static ProviderFailure? Exception(Exception error, Endpoint endpoint, RequestCourse course) =>
        course == RequestCourse.Cancelled
            ? null
            : error switch
            {
                OperationCanceledException when course == RequestCourse.Silent => Silence(endpoint),
                OperationCanceledException { InnerException: TimeoutException } => Connect(endpoint),
                RefusedException refused => Refusal.Explain(refused, endpoint),
                NotAStreamException page => NotAStream(page, endpoint),
                StreamErrorException event_ => Refusal.Explain(event_, endpoint),
                BrokenReplyException => Network(endpoint, "the connection closed in the middle of the reply"),
                EmptyReplyException => Empty(endpoint),
                JsonException or FormatException or InvalidDataException => Malformed(endpoint, error.Message),
                HttpRequestException or IOException or SocketException => Transport(error, endpoint, course),
                // The OpenAI SDK wraps what its transport throws.
                ClientResultException { InnerException: { } inner } => Exception(inner, endpoint, course),
                AggregateException { InnerException: { } inner } => Exception(inner, endpoint, course),
                _ => null,
            };

    private static ProviderFailure Silence(Endpoint endpoint) =>
        new(
            TurnErrorCodes.Timeout,
            $"{endpoint.Name} ({endpoint.Host}) accepted the request but sent nothing for too long. Try again, or choose another model.",
            $"{endpoint.Name} sent nothing for too long",
            Resend.Yes
        );

    private static ProviderFailure Connect(Endpoint endpoint) =>
        new(
            TurnErrorCodes.Timeout,
            $"{endpoint.Host} did not accept a connection in time. Check the network, the proxy and the base URL of {endpoint.Name}.",
            $"{endpoint.Host} did not accept a connection",
            Resend.Briefly
        );

    private static ProviderFailure Transport(Exception error, Endpoint endpoint, RequestCourse course)
    {
        if (course == RequestCourse.Silent)
        {
            return Silence(endpoint);
        }
        var socket = error as SocketException ?? error.InnerException as SocketException;
        var kind = (error as HttpRequestException)?.HttpRequestError;
        return (socket?.SocketErrorCode, kind) switch
        {
            (SocketError.ConnectionRefused, _) => Unreachable(endpoint, "nothing listens there"),
            (SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain, _)
            or (_, HttpRequestError.NameResolutionError) => Unreachable(endpoint, "there is no host of that name"),
            (_, HttpRequestError.SecureConnectionError) => Unreachable(endpoint, "no secure connection could be made"),
            (SocketError.NetworkUnreachable or SocketError.HostUnreachable, _) => Unreachable(
                endpoint,
                "the network has no way there"
            ),
            (_, HttpRequestError.ProxyTunnelError) => Unreachable(endpoint, "the proxy refused the connection"),
            _ => Network(endpoint, "the connection broke"),
        };
    }

    private static ProviderFailure Unreachable(Endpoint endpoint, string why) =>
        new(
            TurnErrorCodes.Network,
            $"Cannot reach {endpoint.Name} at {endpoint.Host}: {why}. {endpoint.StartHint ?? "Check the base URL and the network."}",
            $"cannot reach {endpoint.Host}",
            Resend.Briefly
        );

    private static ProviderFailure Network(Endpoint endpoint, string what) =>
        new(
            TurnErrorCodes.Network,
            $"{Capital(what)} ({endpoint.Name}, {endpoint.Host}). Send the prompt again to go on.",
            what,
            Resend.Yes
        );

    private static ProviderFailure Empty(Endpoint endpoint) =>
        new(
            TurnErrorCodes.InvalidResponse,
            $"{endpoint.Name} ({endpoint.Host}) answered without a reply. Try again; if it stays so, check the base URL {endpoint.BaseUrl}.",
            $"{endpoint.Name} answered without a reply",
            Resend.Yes
        );

    private static ProviderFailure Malformed(Endpoint endpoint, string detail) =>
        new(
            TurnErrorCodes.InvalidResponse,
            $"{endpoint.Name} ({endpoint.Host}) sent a reply that cannot be read: {endpoint.Quote(detail)}. "
                + "Check that the base URL speaks this provider's format.",
            $"{endpoint.Name} sent a reply that cannot be read"
        );

    private static ProviderFailure NotAStream(NotAStreamException page, Endpoint endpoint) =>
        new(
            TurnErrorCodes.InvalidResponse,
            $"{endpoint.BaseUrl} answered with {Describe(page.ContentType)} instead of a model's reply. "
                + "Check the base URL: a sign-in page or a proxy may be in the way, or the path (often /v1) may be missing.",
            "the answer is not a model's reply"
        );

    private static string Describe(string? contentType) =>
        contentType switch
        {
            "text/html" => "a web page (HTML)",
            null => "something",
            _ => contentType,
        };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
