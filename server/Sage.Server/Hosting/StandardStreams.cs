using System.IO.Pipelines;

namespace Sage.Server.Hosting;

/// <summary>
/// Standard input and output as pipes. Each end has a thread of its own, because reading or writing them blocks, and a blocked
/// thread of the pool would be one that turns and tools wait for.
/// </summary>
internal sealed class StandardStreams : IDuplexPipe
{
    private const int BufferSize = 64 * 1024;
    private readonly Pipe _input = new(new PipeOptions(pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19));
    private readonly Pipe _output = new(new PipeOptions(pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19));
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StandardStreams(Stream input, Stream output)
    {
        Start("stdin", () => Receive(input));
        Start("stdout", () => Send(output));
    }

    public PipeReader Input => _input.Reader;

    public PipeWriter Output => _output.Writer;

    /// <summary>Completes when everything that was written to <see cref="Output"/> has left, and it was completed.</summary>
    public Task Written => _written.Task;

    private static void Start(string name, ThreadStart work) =>
        new Thread(work, maxStackSize: 256 * 1024) { IsBackground = true, Name = name }.Start();

    private void Receive(Stream source)
    {
        var writer = _input.Writer;
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

    private void Send(Stream sink)
    {
        var reader = _output.Reader;
        try
        {
            while (true)
            {
                var result = reader.ReadAsync().AsTask().GetAwaiter().GetResult();
                foreach (var segment in result.Buffer)
                {
                    sink.Write(segment.Span);
                }

                sink.Flush();
                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (IOException)
        {
            // Nobody reads any more. Completing the reader lets writers go on without filling memory.
        }

        reader.Complete();
        _written.TrySetResult();
    }
}
