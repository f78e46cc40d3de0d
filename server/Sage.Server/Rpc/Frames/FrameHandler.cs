using System.Collections.Concurrent;
using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;
using StreamJsonRpc.Reflection;

namespace Sage.Server.Rpc.Frames;

/// <summary>
/// Reads and writes <c>Content-Length</c> frames. A body that cannot be decoded is answered and skipped, because the next frame
/// is found without it; a broken header ends the connection, because nothing after it can be trusted.
/// </summary>
internal sealed class FrameHandler(
    PipeWriter writer,
    PipeReader reader,
    IJsonRpcMessageFormatter formatter,
    ILogger<FrameHandler> log
) : HeaderDelimitedMessageHandler(writer, reader, formatter)
{
    private readonly ConcurrentDictionary<RequestId, bool> _awaited = new();

    protected override async ValueTask<JsonRpcMessage?> ReadCoreAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var message = await base.ReadCoreAsync(cancellationToken);
                if (!IsStrayResponse(message))
                {
                    return message;
                }

                // What the dispatcher does after each message it takes: frees the bytes for the next read.
                ((IJsonRpcMessageBufferManager)this).DeserializationComplete(message!);
            }
            catch (UnreadableBodyException e)
            {
                await AnswerAsync(e, cancellationToken);
            }
            catch (ArgumentOutOfRangeException)
            {
                // The library's answer to `Content-Length: 0`; the header was read whole.
                await AnswerAsync(UnreadableBodyException.NotJson("it is empty"), cancellationToken);
            }
        }
    }

    protected override void Write(JsonRpcMessage content, CancellationToken cancellationToken)
    {
        if (content is JsonRpcRequest { IsResponseExpected: true } request)
        {
            _awaited[request.RequestId] = true;
        }

        base.Write(content, cancellationToken);
    }

    // The library takes a response that nobody waits for as a reason to hang up.
    private bool IsStrayResponse(JsonRpcMessage? message)
    {
        var id = message switch
        {
            JsonRpcResult result => result.RequestId,
            JsonRpcError error => error.RequestId,
            _ => RequestId.NotSpecified,
        };
        if (message is not (JsonRpcResult or JsonRpcError) || _awaited.TryRemove(id, out _))
        {
            return false;
        }

        log.LogWarning("The client answered a request {Id} that was never made", id);
        return true;
    }

    private async Task AnswerAsync(UnreadableBodyException error, CancellationToken cancellationToken)
    {
        log.LogWarning("A message of the client was refused with {Code}: {Reason}", error.Code, error.Message);
        var answer = new JsonRpcError
        {
            RequestId = RequestId.Null,
            Error = new JsonRpcError.ErrorDetail { Code = (JsonRpcErrorCode)error.Code, Message = error.Message },
        };
        await WriteAsync(answer, cancellationToken);
    }
}
