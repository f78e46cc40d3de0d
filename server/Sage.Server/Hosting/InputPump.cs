using System.IO.Pipelines;

namespace Sage.Server.Hosting;

/// <summary>
/// Reads a blocking stream on a thread of its own: a thread of the pool that waits for the client would be one that turns and tools wait for.
/// </summary>
internal sealed class InputPump
{
    private const int BufferSize = 64 * 1024;
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19));

    public InputPump(Stream source) =>
        new Thread(() => Run(source), maxStackSize: 256 * 1024) { IsBackground = true, Name = "stdin" }.Start();

    public PipeReader Reader => _pipe.Reader;

    private void Run(Stream source)
    {
        var writer = _pipe.Writer;
        try
        {
            while (true)
            {
                var read = source.Read(writer.GetSpan(BufferSize));
                writer.Advance(read);
                if (read == 0 || writer.FlushAsync().AsTask().GetAwaiter().GetResult().IsCompleted)
                {
                    break;
                }
            }
        }
        catch (IOException)
        {
            // The other side vanished: the end of the stream, as far as we care.
        }

        writer.Complete();
    }
}
