using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Sage.Server.Rpc.Frames;

/// <summary>Decodes bodies; one that cannot be decoded becomes an <see cref="UnreadableBodyException"/>, whatever was wrong with it.</summary>
internal sealed class FrameFormatter : SystemTextJsonFormatter, IJsonRpcMessageTextFormatter
{
    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2026",
        Justification = "Every type comes from a source-generated context."
    )]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Every type comes from a source-generated context.")]
    public FrameFormatter() => JsonSerializerOptions = WireJson.Options;

    JsonRpcMessage IJsonRpcMessageTextFormatter.Deserialize(ReadOnlySequence<byte> contentBuffer, Encoding encoding)
    {
        try
        {
            var message = Deserialize(contentBuffer, encoding);
            return message is JsonRpcRequest { Method: null }
                ? throw UnreadableBodyException.NotARequest("'method' must be a string")
                : message;
        }
        catch (JsonException e)
        {
            throw IsJson(contentBuffer)
                ? UnreadableBodyException.NotARequest(e.Message)
                : UnreadableBodyException.NotJson(e.Message);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw UnreadableBodyException.NotARequest(e.Message);
        }
        catch (NotSupportedException)
        {
            throw UnreadableBodyException.NotJson("the charset must be utf-8");
        }
    }

    private static bool IsJson(ReadOnlySequence<byte> body)
    {
        try
        {
            using var _ = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
