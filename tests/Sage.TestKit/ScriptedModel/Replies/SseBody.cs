using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Sage.TestKit.ScriptedModel;

/// <summary>Writes server-sent events to a response, whole or cut at arbitrary bytes.</summary>
internal sealed class SseBody(HttpResponse response, int? bytesPerWrite)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        // Vendors send UTF-8 as it is; escaping it would hide clients that break characters apart.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly MemoryStream _pending = new();

    /// <summary>One event, not yet flushed.</summary>
    public void Event(object payload, string? name = null)
    {
        Raw(name is null ? "data: " : $"event: {name}\ndata: ");
        JsonSerializer.Serialize(_pending, payload, Json);
        Raw("\n\n");
    }

    public void Raw(string text) => _pending.Write(Encoding.UTF8.GetBytes(text));

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var bytes = _pending.ToArray();
        _pending.SetLength(0);
        foreach (var piece in bytes.Chunk(bytesPerWrite ?? Math.Max(1, bytes.Length)))
        {
            await response.Body.WriteAsync(piece, cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
    }
}
