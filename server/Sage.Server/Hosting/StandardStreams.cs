using System.IO.Pipelines;

namespace Sage.Server.Hosting;

/// <summary>Standard input and output as the pipes of a connection.</summary>
internal sealed class StandardStreams(Stream input, Stream output) : IDuplexPipe
{
    private readonly InputPump _input = new(input);
    private readonly OutputPump _output = new(output);

    public PipeReader Input => _input.Reader;

    public PipeWriter Output => _output.Writer;

    /// <summary>Completes when everything that was written has left.</summary>
    public Task FinishAsync() => _output.FinishAsync();
}
