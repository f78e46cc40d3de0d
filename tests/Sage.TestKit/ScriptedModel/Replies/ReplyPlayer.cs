using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Sage.TestKit.ScriptedModel;

/// <summary>Plays one scripted reply to one request.</summary>
internal sealed class ReplyPlayer(ScriptedReply reply, HttpContext http, Func<string> nextCallId)
{
    private const int DeltasPerFlush = 16;
    private static readonly TimeSpan UntilBytesAreOut = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan UntilClientNotices = TimeSpan.FromSeconds(5);

    private enum Course
    {
        GoOn,
        Ended,
    }

    /// <summary>Gates, silence and drops that come before the status line.</summary>
    /// <returns>False when the reply has ended there.</returns>
    public async Task<bool> PlayBeforeHeadersAsync()
    {
        foreach (var step in reply.BeforeHeaders)
        {
            if (await PlayPauseAsync(step) == Course.Ended)
            {
                return false;
            }
        }
        return true;
    }

    public async Task PlayAsync(ReplyWriter writer, SseBody body)
    {
        var gone = http.RequestAborted;
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        await http.Response.StartAsync(gone);
        if (reply.Steps is not [ReplyStep.Silence or ReplyStep.Abort or ReplyStep.Raw or ReplyStep.Cut, ..])
        {
            writer.Begin(reply.Tokens);
            await body.FlushAsync(gone);
        }
        foreach (var step in reply.Steps)
        {
            if (await PlayAsync(step, writer, body) == Course.Ended)
            {
                return;
            }
        }
        if (reply.Steps is not [.., ReplyStep.Raw or ReplyStep.StreamError])
        {
            writer.End(reply.EffectiveStop, reply.StopWord, reply.Tokens);
        }
        await body.FlushAsync(gone);
    }

    private async Task<Course> PlayAsync(ReplyStep step, ReplyWriter writer, SseBody body)
    {
        switch (step)
        {
            case ReplyStep.Text text:
                await EachAsync(text.Pieces, writer.Text, body);
                return Course.GoOn;
            case ReplyStep.Deltas deltas:
                await PlayDeltasAsync(deltas, writer, body);
                return Course.GoOn;
            case ReplyStep.ToolCall call:
                writer.BeginCall(call.Id ?? nextCallId(), call.Name);
                await body.FlushAsync(http.RequestAborted);
                await EachAsync(call.Arguments, writer.CallArguments, body);
                return Course.GoOn;
            case ReplyStep.Reasoning reasoning:
                writer.Reasoning(reasoning.Pieces, reasoning.Signature);
                break;
            case ReplyStep.RedactedReasoning redacted:
                writer.RedactedReasoning(redacted.Payload);
                break;
            case ReplyStep.Ping:
                writer.Ping();
                break;
            case ReplyStep.StreamError error:
                writer.Error(error.Type, error.Message);
                break;
            case ReplyStep.Raw raw:
                body.Raw(raw.Bytes);
                break;
            default:
                return await PlayPauseAsync(step);
        }
        await body.FlushAsync(http.RequestAborted);
        return Course.GoOn;
    }

    private async Task<Course> PlayPauseAsync(ReplyStep step)
    {
        switch (step)
        {
            case ReplyStep.Wait wait:
                await wait.Gate.PassAsync(http.RequestAborted);
                return Course.GoOn;
            case ReplyStep.Delay delay:
                await Task.Delay(delay.Time, http.RequestAborted);
                return Course.GoOn;
            case ReplyStep.Silence:
                await Task.Delay(Timeout.Infinite, http.RequestAborted);
                return Course.Ended;
            case ReplyStep.Abort:
                await BreakAsync();
                return Course.Ended;
            default:
                return Course.Ended;
        }
    }

    /// <summary>
    /// Ends the connection without ending the body. A reset would be simpler, but it also takes back bytes that were sent and not
    /// yet read, so that nobody could say what the client saw.
    /// </summary>
    private async Task BreakAsync()
    {
        if (http.Response.HasStarted && http.Features.Get<IConnectionSocketFeature>() is { Socket: var socket })
        {
            await Task.Delay(UntilBytesAreOut);
            socket.Shutdown(SocketShutdown.Send);
            await Task.WhenAny(Task.Delay(UntilClientNotices), Task.Delay(Timeout.Infinite, http.RequestAborted));
        }
        http.Abort();
    }

    private async Task EachAsync(IReadOnlyList<string> pieces, Action<string> write, SseBody body)
    {
        foreach (var piece in pieces)
        {
            write(piece);
            await body.FlushAsync(http.RequestAborted);
        }
    }

    private async Task PlayDeltasAsync(ReplyStep.Deltas deltas, ReplyWriter writer, SseBody body)
    {
        for (var i = 0; i < deltas.Count; i++)
        {
            writer.Text(deltas.Piece(i));
            if (i % DeltasPerFlush == 0)
            {
                await body.FlushAsync(http.RequestAborted);
            }
        }
        await body.FlushAsync(http.RequestAborted);
    }
}
