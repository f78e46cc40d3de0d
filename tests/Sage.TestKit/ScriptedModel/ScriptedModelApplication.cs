using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sage.TestKit.ScriptedModel;

/// <summary>Takes each HTTP request, checks it as the vendor would, and plays the scripted reply.</summary>
internal sealed class ScriptedModelApplication(ScriptedModelServer server) : IHttpApplication<HttpContext>
{
    private readonly ControlRequests _control = new(server);
    private int _call;
    private int _reply;

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception) { }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var text = await ReadBodyAsync(context);
        if (ControlRequests.IsControl(context.Request.Path))
        {
            await _control.AnswerAsync(context, text);
            return;
        }
        var request = Record(context, text);
        using var hangUp = context.RequestAborted.Register(request.MarkAbandoned);
        try
        {
            await AnswerAsync(context, request, text);
            await context.Response.CompleteAsync();
            request.MarkAnswered();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // What tests of cancellation wait for. The registration above may be gone before its turn came:
            // the wait that was cancelled goes on first, and leaves this method.
            request.MarkAbandoned();
        }
    }

    private static async Task<string> ReadBodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(context.RequestAborted);
    }

    private RecordedRequest Record(HttpContext context, string text)
    {
        var request = new RecordedRequest(
            server.NextNumber(),
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Parse(text),
            FormatOf(context.Request),
            Stopwatch.GetTimestamp()
        )
        {
            Protocol = context.Request.Protocol,
        };
        server.Record(request);
        return request;
    }

    private static JsonElement Parse(string text)
    {
        if (text.Length == 0)
        {
            return default;
        }
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static WireFormat FormatOf(HttpRequest request)
    {
        var path = request.Path.Value!;
        return path.EndsWith("/v1/messages", StringComparison.Ordinal)
            || request.Headers.ContainsKey("anthropic-version")
                ? WireFormat.Anthropic
            : path.EndsWith("/responses", StringComparison.Ordinal) ? WireFormat.OpenAIResponses
            : path.EndsWith("/chat/completions", StringComparison.Ordinal)
            || path.EndsWith("/models", StringComparison.Ordinal)
                ? WireFormat.OpenAIChat
            : WireFormat.None;
    }

    private async Task AnswerAsync(HttpContext context, RecordedRequest request, string text)
    {
        if (request.Format == WireFormat.None || request.Method is not ("GET" or "POST"))
        {
            await RefuseAsync(context, request, 404, $"Unknown request URL: {request.Method} {request.Path}");
        }
        else if (VendorHeaders.FindProblem(request, server.ExpectedKey) is { } problem)
        {
            await RefuseAsync(context, request, problem.Status, problem.Message);
        }
        else if (request.Method == "GET")
        {
            await context.Response.WriteAsJsonAsync(ModelLists.Of(request.Format, server.Models));
        }
        else if (FindViolation(request, text) is { } violation)
        {
            server.Violation(violation);
            await RefuseAsync(context, request, 400, violation);
        }
        else
        {
            await PlayAsync(context, request);
        }
    }

    private static string? FindViolation(RecordedRequest request, string text)
    {
        if (request.Body.ValueKind != JsonValueKind.Object)
        {
            return $"We could not parse the JSON body of your request: {text[..Math.Min(80, text.Length)]}";
        }
        try
        {
            RulesOf(request.Format)(request.Body);
            return null;
        }
        catch (RuleViolationException violation)
        {
            return violation.Message;
        }
    }

    private static Action<JsonElement> RulesOf(WireFormat format) =>
        format switch
        {
            WireFormat.Anthropic => AnthropicRules.Check,
            WireFormat.OpenAIResponses => OpenAIResponsesRules.Check,
            _ => OpenAIChatRules.Check,
        };

    private async Task PlayAsync(HttpContext context, RecordedRequest request)
    {
        var reply = server.Script.Take(request) ?? server.Fallback?.Invoke(request);
        if (reply is null)
        {
            server.Violation($"Request {request.Number}: the script has no reply left");
            await RefuseAsync(context, request, 400, "The script has no reply left for this request.");
            return;
        }
        var player = new ReplyPlayer(reply, context, () => $"call_{Interlocked.Increment(ref _call)}");
        if (!await player.PlayBeforeHeadersAsync())
        {
            return;
        }
        if (reply.Plain is { } plain)
        {
            await SendAsync(context, request, plain);
            return;
        }
        var body = new SseBody(context.Response, reply.BytesPerWrite);
        await player.PlayAsync(WriterFor(request, body), body);
    }

    private ReplyWriter WriterFor(RecordedRequest request, SseBody body)
    {
        var number = Interlocked.Increment(ref _reply);
        return request.Format switch
        {
            WireFormat.Anthropic => new AnthropicWriter(body, request.Model, $"msg_{number}"),
            WireFormat.OpenAIResponses => new OpenAIResponsesWriter(body, request.Model, $"resp_{number}"),
            _ => new OpenAIChatWriter(body, request.Model, $"chatcmpl-{number}", WantsUsage(request.Body)),
        };
    }

    private static bool WantsUsage(JsonElement body) =>
        body.TryGetProperty("stream_options", out var options)
        && options.TryGetProperty("include_usage", out var include)
        && include.ValueKind == JsonValueKind.True;

    private static async Task SendAsync(HttpContext context, RecordedRequest request, PlainAnswer plain)
    {
        foreach (var (name, value) in plain.Headers)
        {
            context.Response.Headers[name] = value;
        }
        if (plain.ContentType == "")
        {
            await RefuseAsync(context, request, plain.Status, plain.Body);
            return;
        }
        context.Response.StatusCode = plain.Status;
        context.Response.ContentType = plain.ContentType;
        await context.Response.WriteAsync(plain.Body, context.RequestAborted);
    }

    private static async Task RefuseAsync(HttpContext context, RecordedRequest request, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(VendorErrors.Body(request.Format, status, message), context.RequestAborted);
    }
}
