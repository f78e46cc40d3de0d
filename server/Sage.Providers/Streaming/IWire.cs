using Microsoft.Extensions.AI;

namespace Sage.Providers.Streaming;

/// <summary>One vendor's wire format, bound to an endpoint, a key and a model.</summary>
internal interface IWire
{
    /// <summary>Turns history and options into a request that can be sent, and sent again.</summary>
    IWireRequest Prepare(IReadOnlyList<ChatMessage> messages, ChatOptions? options);
}

/// <summary>A request ready to be sent; each sending has its own decoder.</summary>
internal interface IWireRequest
{
    /// <summary>Sends it and returns the body of a successful answer as it streams in.</summary>
    /// <exception cref="Failures.RefusedException">The answer was not a success.</exception>
    Task<Stream> SendAsync(CancellationToken cancellationToken);

    IReplyDecoder CreateDecoder();
}

/// <summary>Turns the server-sent events of one reply into updates.</summary>
internal interface IReplyDecoder
{
    /// <exception cref="System.Text.Json.JsonException">The event is not what the format promises.</exception>
    /// <exception cref="Failures.StreamErrorException">The event reports an error.</exception>
    Decoded Decode(string eventType, ReadOnlySpan<byte> data);

    /// <summary>The body ended: what was held back, or null when the reply broke off.</summary>
    ChatResponseUpdate? Complete();
}

/// <param name="Kind">What the event means for the stream.</param>
/// <param name="Update">What the event adds to the reply.</param>
internal readonly record struct Decoded(EventKind Kind, ChatResponseUpdate? Update = null);

/// <summary>What one server-sent event means for the stream.</summary>
internal enum EventKind
{
    /// <summary>Only shows that the connection lives: the idle timeout goes on.</summary>
    KeepAlive,
    Data,

    /// <summary>The reply is whole; nothing after it counts.</summary>
    End,
}
