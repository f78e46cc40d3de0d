using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Sage.TestKit.ScriptedModel;

/// <summary>
/// What a driver outside this process asks of the server:
/// <c>GET /_requests</c>, <c>POST /_script</c>, <c>POST /_release/{gate}</c>, <c>GET /_reached/{gate}</c>.
/// </summary>
internal sealed class ControlRequests(ScriptedModelServer server)
{
    public static bool IsControl(PathString path) => path.Value!.StartsWith("/_", StringComparison.Ordinal);

    public async Task AnswerAsync(HttpContext context, string text)
    {
        var request = context.Request;
        switch (request.Method, request.Path.Value!.Split('/')[1..])
        {
            case ("GET", ["_requests"]):
                await context.Response.WriteAsJsonAsync(Recorded());
                break;
            case ("POST", ["_script"]):
                await ReplaceScriptAsync(context, text);
                break;
            case ("POST", ["_release", var gate]):
                server.Gate(gate).Release();
                context.Response.StatusCode = 204;
                break;
            case ("GET", ["_reached", var gate]):
                await server.Gate(gate).Reached.WaitAsync(context.RequestAborted);
                context.Response.StatusCode = 204;
                break;
            default:
                context.Response.StatusCode = 404;
                break;
        }
    }

    private async Task ReplaceScriptAsync(HttpContext context, string text)
    {
        try
        {
            var script = ScriptFile.Parse(text);
            server.Clear();
            script.ApplyTo(server);
            context.Response.StatusCode = 204;
        }
        catch (Exception error) when (ScriptFile.IsMistake(error))
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(error.Message, context.RequestAborted);
        }
    }

    private object Recorded() =>
        new
        {
            requests = server.Requests.Select(r => new
            {
                number = r.Number,
                method = r.Method,
                path = r.Path,
                headers = r.Headers,
                body = r.Body.ValueKind == JsonValueKind.Undefined ? (object?)null : r.Body,
                answered = r.Answered.IsCompleted,
                abandoned = r.Abandoned.IsCompleted,
            }),
            violations = server.Violations,
            repliesLeft = server.RepliesLeft,
        };
}
