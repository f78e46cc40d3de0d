using System.IO.Pipelines;

namespace Sage.Server.Hosting;

/// <summary>Writes to a blocking stream on a thread of its own; producers wait when too much is on its way.</summary>
internal sealed class OutputPump
{
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19));
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OutputPump(Stream sink) =>
        new Thread(() => Run(sink), maxStackSize: 256 * 1024) { IsBackground = true, Name = "stdout" }.Start();

    public PipeWriter Writer => _pipe.Writer;

    /// <summary>Ends the output; completes when everything has left, or nobody reads any more.</summary>
    public async Task FinishAsync()
    {
        await _pipe.Writer.CompleteAsync();
        await _written.Task;
    }

    private void Run(Stream sink)
    {
        var reader = _pipe.Reader;
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
            // Nobody reads any more. Completing the reader lets producers go on without filling memory.
        }

        reader.Complete();
        _written.TrySetResult();
    }
}
