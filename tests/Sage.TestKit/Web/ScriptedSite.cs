using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sage.TestKit.Web;

/// <summary>A web site on this computer that answers, byte for byte, what a test says, and closes each connection.</summary>
public sealed class ScriptedSite : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, byte[]> _pages = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Task _serving;

    public ScriptedSite()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary><c>127.0.0.1:PORT</c></summary>
    public string Site => $"127.0.0.1:{Port}";

    /// <summary>Every request so far, with its headers.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public string UrlOf(string path) => $"http://{Site}{path}";

    public ScriptedSite Page(string path, string body, string type = "text/html; charset=utf-8") =>
        Answer(path, $"200 OK\r\nContent-Type: {type}", Encoding.UTF8.GetBytes(body));

    public ScriptedSite Redirect(string path, string location, int status = 302) =>
        Answer(path, $"{status} Moved\r\nLocation: {location}", []);

    /// <param name="path">With its query.</param>
    /// <param name="head">The status and the headers.</param>
    /// <param name="body">As it crosses the wire.</param>
    public ScriptedSite Answer(string path, string head, byte[] body)
    {
        var start = Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {head}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"
        );
        _pages[path] = [.. start, .. body];
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            try
            {
                await AnswerAsync(client.GetStream());
            }
            catch (IOException)
            {
                // Who asked has read enough.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(request.ToString()))
        {
            var count = await stream.ReadAsync(buffer, _stop.Token);
            if (count == 0)
            {
                return;
            }

            request.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        _requests.Enqueue(request.ToString());
        var path = request.ToString().Split(' ')[1];
        var answer = _pages.GetValueOrDefault(path, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        await stream.WriteAsync(answer, _stop.Token);
    }

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        const string length = "Content-Length: ";
        var at = request.IndexOf(length, StringComparison.OrdinalIgnoreCase);
        var body =
            at < 0
                ? 0
                : int.Parse(
                    request[(at + length.Length)..].Split((char)13)[0],
                    System.Globalization.CultureInfo.InvariantCulture
                );
        return end >= 0 && request.Length >= end + 4 + body;
    }
}
