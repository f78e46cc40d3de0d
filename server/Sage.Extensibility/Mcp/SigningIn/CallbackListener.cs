using System.Net;
using System.Net.Sockets;
using System.Text;
using ModelContextProtocol.Authentication;

namespace Sage.Extensibility.Mcp.SigningIn;

/// <summary>
/// A port of this machine that waits for the browser to come back with the answer of one sign-in. Whoever does not know the state
/// that was sent along is turned away, and the wait goes on.
/// </summary>
internal sealed class CallbackListener : IDisposable
{
    private const int MostBytes = 16 * 1024;

    private readonly TcpListener _listener;
    private readonly string _path;
    private readonly string _state;
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource<Dictionary<string, string>> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    private CallbackListener(TcpListener listener, string path, string state) =>
        (_listener, _path, _state) = (listener, path, state);

    /// <exception cref="SignInException">The port is taken.</exception>
    public static CallbackListener Start(Uri callback, string state)
    {
        var listener = new TcpListener(IPAddress.Loopback, callback.Port);
        try
        {
            listener.Start();
        }
        catch (SocketException error)
        {
            listener.Dispose();
            throw new SignInException(
                $"it wants to be signed in to, and port {callback.Port} is in use ({error.SocketErrorCode})"
            );
        }

        var waiting = new CallbackListener(listener, callback.AbsolutePath, state);
        _ = waiting.AcceptAsync();
        return waiting;
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public static int AnyFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <exception cref="SignInException">The answer is a no.</exception>
    public async Task<AuthorizationResult> AnswerAsync(CancellationToken cancellationToken)
    {
        var answer = await _answer.Task.WaitAsync(cancellationToken);
        return answer.TryGetValue("error", out var error)
            ? throw new SignInException($"it could not be signed in to: {Memory.PlainText.OneLine(error)}")
            : new AuthorizationResult
            {
                Code = answer.GetValueOrDefault("code"),
                State = answer.GetValueOrDefault("state"),
                Iss = answer.GetValueOrDefault("iss"),
            };
    }

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Dispose();
        _closing.Dispose();
    }

    /// <summary>The names and values of a query; the first of a name counts.</summary>
    internal static Dictionary<string, string> Query(string query)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var split = pair.IndexOf('=', StringComparison.Ordinal);
            var name = split < 0 ? pair : pair[..split];
            pairs.TryAdd(WebUtility.UrlDecode(name), split < 0 ? "" : WebUtility.UrlDecode(pair[(split + 1)..]));
        }

        return pairs;
    }

    private async Task AcceptAsync()
    {
        var closing = _closing.Token;
        try
        {
            while (true)
            {
                // Browsers open connections that they never use: none waits for another.
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(closing), closing);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Nobody waits any more.
        }
    }

    private async Task ServeAsync(TcpClient browser, CancellationToken closing)
    {
        try
        {
            using (browser)
            {
                var stream = browser.GetStream();
                var answer = Understand(await ReadAsync(stream, closing));
                await stream.WriteAsync(Encoding.UTF8.GetBytes(Page(answer)), closing);
                await stream.FlushAsync(closing);
                if (answer is not null)
                {
                    _answer.TrySetResult(answer);
                }
            }
        }
        catch (Exception error)
            when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It went away; the next may stay.
        }
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken closing)
    {
        var bytes = new byte[MostBytes];
        var length = 0;
        while (length < MostBytes)
        {
            var read = await stream.ReadAsync(bytes.AsMemory(length), closing);
            length += read;
            if (read == 0 || bytes.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0)
            {
                break;
            }
        }

        return Encoding.ASCII.GetString(bytes, 0, length);
    }

    /// <returns>What the address says; null when it is not the one that is waited for.</returns>
    private Dictionary<string, string>? Understand(string request)
    {
        if (request.Split('\r')[0].Split(' ') is not ["GET", var target, _])
        {
            return null;
        }

        var mark = target.IndexOf('?', StringComparison.Ordinal);
        if (mark < 0 || target[..mark] != _path)
        {
            return null;
        }

        var answer = Query(target[mark..]);
        return answer.GetValueOrDefault("state", "") == _state ? answer : null;
    }

    private static string Page(Dictionary<string, string>? answer)
    {
        var (status, words) = answer switch
        {
            null => ("404 Not Found", "There is nothing here."),
            _ when answer.ContainsKey("error") => ("200 OK", "You are not signed in. You can close this page."),
            _ => ("200 OK", "Sage has what it needs. You can close this page, and go back to the editor."),
        };
        var page = $"<!doctype html><meta charset=\"utf-8\"><title>Sage</title><p>{words}</p>";
        return $"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(page)}"
            + $"\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n{page}";
    }
}
