using System.Buffers;
using System.Text;

namespace Sage.Sandbox.Commands;

/// <summary>Reads a byte stream as UTF-8 text, also where a character is cut in two; what is not UTF-8 becomes U+FFFD.</summary>
internal static class OutputPump
{
    private const int BufferSize = 32 * 1024;

    /// <summary>Delivers until the end of the stream, or until <paramref name="abandon"/>.</summary>
    public static async Task RunAsync(Stream stream, Func<string, ValueTask> output, CancellationToken abandon)
    {
        var decoder = Encoding.UTF8.GetDecoder();
        var bytes = ArrayPool<byte>.Shared.Rent(BufferSize);
        var chars = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(bytes.Length));
        try
        {
            int read;
            while ((read = await ReadAsync(stream, bytes, abandon)) > 0)
            {
                await DeliverAsync(decoder.GetChars(bytes, 0, read, chars, 0, flush: false));
            }

            await DeliverAsync(decoder.GetChars([], 0, 0, chars, 0, flush: true));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<char>.Shared.Return(chars);
        }

        ValueTask DeliverAsync(int count) => count == 0 ? ValueTask.CompletedTask : output(new string(chars, 0, count));
    }

    private static async ValueTask<int> ReadAsync(Stream stream, byte[] bytes, CancellationToken abandon)
    {
        try
        {
            return await stream.ReadAsync(bytes, abandon);
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            return 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
