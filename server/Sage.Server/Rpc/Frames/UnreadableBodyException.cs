using Sage.Protocol;

namespace Sage.Server.Rpc.Frames;

/// <summary>A frame was well-formed, but its body says nothing that could be dispatched.</summary>
internal sealed class UnreadableBodyException(int code, string message) : Exception(message)
{
    public int Code { get; } = code;

    public static UnreadableBodyException NotJson(string reason) =>
        new(ErrorCodes.ParseError, $"The body is not valid JSON: {reason}");

    public static UnreadableBodyException NotARequest(string reason) =>
        new(ErrorCodes.InvalidRequest, $"The body is not a JSON-RPC message: {reason}");
}
