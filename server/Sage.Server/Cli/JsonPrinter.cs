using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sage.Protocol.Events;
using Sage.Protocol.Json;

namespace Sage.Server.Cli;

/// <summary>One event per line, as on the wire.</summary>
internal sealed class JsonPrinter(PipeWriter output) : EventPrinter, IDisposable
{
    // As the journal writes them, so that a line can be compared, and words be found in it.
    private readonly Utf8JsonWriter _json = new(
        output,
        new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

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
