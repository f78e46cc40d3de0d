namespace Sage.Protocol;

/// <summary>The client erred (unknown session, bad parameters). Mapped once, at the door, to a JSON-RPC error.</summary>
/// <param name="code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="message">Says what to do, in the user's words.</param>
public sealed class SageException(int code, string message) : Exception(message)
{
    public int Code { get; } = code;
}
