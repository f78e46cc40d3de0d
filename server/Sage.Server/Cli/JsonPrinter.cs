using System.IO.Pipelines;
using System.Text.Json;
using Sage.Protocol.Events;
using Sage.Protocol.Json;

namespace Sage.Server.Cli;

/// <summary>One event per line, as on the wire.</summary>
internal sealed class JsonPrinter(PipeWriter output) : EventPrinter, IDisposable
{
    private readonly Utf8JsonWriter _json = new(output);

    public override void Print(EventEnvelope envelope)
    {
        JsonSerializer.Serialize(_json, envelope, ProtocolJson.Default.EventEnvelope);
        _json.Flush();
        _json.Reset();
        output.GetSpan(1)[0] = (byte)'\n';
        output.Advance(1);
    }

    public override async ValueTask FlushAsync() => await output.FlushAsync();

    public void Dispose() => _json.Dispose();
}
