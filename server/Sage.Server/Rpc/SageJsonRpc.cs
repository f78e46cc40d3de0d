using Microsoft.Extensions.Logging;
using Sage.Protocol;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Sage.Server.Rpc;

/// <summary>The JSON-RPC connection, with the one place where exceptions become error answers.</summary>
internal sealed class SageJsonRpc(IJsonRpcMessageHandler handler, ILogger<SageJsonRpc> log) : JsonRpc(handler)
{
    protected override JsonRpcError.ErrorDetail CreateErrorDetails(JsonRpcRequest request, Exception exception)
    {
        if (exception is SageException known)
        {
            log.LogInformation("{Method} refused with {Code}: {Reason}", request.Method, known.Code, known.Message);
            return Error(known.Code, known.Message);
        }

        if (exception is IOException or UnauthorizedAccessException)
        {
            log.LogError(exception, "{Method} failed because of the disk", request.Method);
            return Error(ErrorCodes.StorageFailed, $"Sage's files could not be used: {exception.Message}");
        }

        log.LogError(exception, "{Method} failed because of a bug in Sage", request.Method);
        return Error(ErrorCodes.InternalError, "Sage made a mistake. The log has the details.");
    }

    private static JsonRpcError.ErrorDetail Error(int code, string message) =>
        new() { Code = (JsonRpcErrorCode)code, Message = message };
}
