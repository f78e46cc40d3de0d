using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sage.Server.Tests.Fakes;

/// <summary>
/// A strict client: every byte it receives has to be part of a <c>Content-Length</c> frame with a JSON-RPC message in it, or
/// <see cref="Completion"/> fails.
/// </summary>
internal sealed class LspClient(PipeReader input, PipeWriter output)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _pending = new();
    private readonly ConcurrentDictionary<string, Func<JsonElement, Task<JsonNode?>>> _handlers = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Lock _gate = new();
    private readonly List<JsonElement> _received = [];
    private readonly List<(Func<JsonElement, bool> Wanted, TaskCompletionSource<JsonElement> Found)> _watchers = [];
    private readonly SemaphoreSlim _reading = new(1, 1);
    private int _nextId;

    /// <summary>How long it waits for anything before the test fails.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Ends when the server closes its output; fails when something on it was not a frame.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Everything that arrived, in order.</summary>
    public IReadOnlyList<JsonElement> Received
    {
        get
        {
            lock (_gate)
            {
                return [.. _received];
            }
        }
    }

    public void Start() => Completion = Task.Run(ReceiveAsync);

    /// <summary>Answers requests of the server.</summary>
    public void Handle(string method, Func<JsonElement, Task<JsonNode?>> handler) => _handlers[method] = handler;

    public void Handle(string method, Func<JsonElement, JsonNode?> handler) =>
        Handle(method, parameters => Task.FromResult(handler(parameters)));

    /// <summary>Sends a request; the answer is the whole message, with <c>result</c> or <c>error</c>.</summary>
    public async Task<JsonElement> RequestAsync(string method, string? parameters = null) =>
        await (await SendRequestAsync(method, parameters)).Answer;

    /// <summary>Sends a request that must succeed, and gives its result.</summary>
    public async Task<JsonElement> CallAsync(string method, string? parameters = null)
    {
        var answer = await RequestAsync(method, parameters);
        Assert.False(answer.TryGetProperty("error", out var error), $"{method} failed: {error}");
        return answer.GetProperty("result");
    }

    /// <summary>Sends a request that must fail, and gives the error's code and message.</summary>
    public async Task<(int Code, string Message)> FailAsync(string method, string? parameters = null)
    {
        var answer = await RequestAsync(method, parameters);
        Assert.True(answer.TryGetProperty("error", out var error), $"{method} did not fail: {answer}");
        return (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()!);
    }

    public async Task<(string Id, Task<JsonElement> Answer)> SendRequestAsync(string method, string? parameters = null)
    {
        var id = $"c{Interlocked.Increment(ref _nextId)}";
        var answer = _pending[id] = new TaskCompletionSource<JsonElement>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        await SendAsync($$"""{"jsonrpc":"2.0","id":"{{id}}","method":"{{method}}"{{Params(parameters)}}}""");
        return (id, answer.Task.WaitAsync(Patience));
    }

    public Task NotifyAsync(string method, string? parameters = null) =>
        SendAsync($$"""{"jsonrpc":"2.0","method":"{{method}}"{{Params(parameters)}}}""");

    /// <summary>Sends a body in a frame, whatever it is.</summary>
    public Task SendAsync(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return SendRawAsync([.. Encoding.ASCII.GetBytes($"Content-Length: {bytes.Length}\r\n\r\n"), .. bytes]);
    }

    public async Task SendRawAsync(byte[] bytes)
    {
        await _writing.WaitAsync();
        try
        {
            await output.WriteAsync(bytes);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Closes the server's standard input.</summary>
    public ValueTask HangUpAsync() => output.CompleteAsync();

    /// <summary>The first message that arrived, or will arrive, and fits.</summary>
    public Task<JsonElement> WaitForAsync(Func<JsonElement, bool> wanted)
    {
        lock (_gate)
        {
            foreach (var message in _received)
            {
                if (wanted(message))
                {
                    return Task.FromResult(message);
                }
            }

            var found = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((wanted, found));
            return found.Task.WaitAsync(Patience);
        }
    }

    /// <summary>Reads nothing any more, as an editor that hangs, until the result is disposed.</summary>
    public async Task<IDisposable> StopReadingAsync()
    {
        await _reading.WaitAsync();
        return new Pause(_reading);
    }

    /// <summary>Forgets what arrived so far.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _received.Clear();
        }
    }

    public Task<JsonElement> WaitForMethodAsync(string method) =>
        WaitForAsync(message => message.TryGetProperty("method", out var name) && name.GetString() == method);

    private static string Params(string? parameters) => parameters is null ? "" : $",\"params\":{parameters}";

    private async Task ReceiveAsync()
    {
        while (await NextBodyAsync() is { } body)
        {
            var message = JsonElement.Parse(body);
            Assert.Equal("2.0", message.GetProperty("jsonrpc").GetString());
            Note(message);
            if (message.TryGetProperty("method", out var method))
            {
                if (message.TryGetProperty("id", out var id))
                {
                    _ = AnswerAsync(method.GetString()!, id, message);
                }
            }
            else if (message.GetProperty("id").ValueKind == JsonValueKind.String)
            {
                _pending.GetValueOrDefault(message.GetProperty("id").GetString()!)?.SetResult(message);
            }
        }

        foreach (var pending in _pending.Values)
        {
            pending.TrySetException(new EndOfStreamException("The server closed its output."));
        }
    }

    private void Note(JsonElement message)
    {
        lock (_gate)
        {
            _received.Add(message);
            foreach (var watcher in _watchers.Where(watcher => watcher.Wanted(message)))
            {
                watcher.Found.TrySetResult(message);
            }
        }
    }

    private async Task AnswerAsync(string method, JsonElement id, JsonElement message)
    {
        if (!_handlers.TryGetValue(method, out var handler))
        {
            await SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"error":{"code":-32601,"message":"not handled"} }""");
            return;
        }

        var result = await handler(message.GetProperty("params"));
        await SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"result":{{result?.ToJsonString() ?? "null"}}}""");
    }

    private async Task<string?> NextBodyAsync()
    {
        await _reading.WaitAsync();
        _reading.Release();
        return await ReadBodyAsync();
    }

    private async Task<string?> ReadBodyAsync()
    {
        var header = await ReadHeaderAsync();
        if (header is null)
        {
            return null;
        }

        const string name = "Content-Length: ";
        Assert.True(
            header.StartsWith(name, StringComparison.Ordinal) && header.EndsWith("\r\n\r\n", StringComparison.Ordinal),
            $"Not a frame: {header}"
        );
        var length = int.Parse(header.AsSpan(name.Length), System.Globalization.CultureInfo.InvariantCulture);
        var read = await input.ReadAtLeastAsync(length);
        Assert.True(read.Buffer.Length >= length, "The output ends inside a frame.");
        var body = read.Buffer.Slice(0, length);
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
        input.AdvanceTo(body.End);
        return text;
    }

    private async Task<string?> ReadHeaderAsync()
    {
        while (true)
        {
            var read = await input.ReadAsync();
            var end = FindEnd(read.Buffer);
            if (end is { } position)
            {
                var header = Encoding.ASCII.GetString(read.Buffer.Slice(0, position));
                input.AdvanceTo(position);
                return header;
            }

            if (read.IsCompleted)
            {
                Assert.True(read.Buffer.IsEmpty, $"Not a frame: {Encoding.UTF8.GetString(read.Buffer)}");
                return null;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private sealed class Pause(SemaphoreSlim reading) : IDisposable
    {
        public void Dispose() => reading.Release();
    }

    private static SequencePosition? FindEnd(ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        return reader.TryReadTo(out ReadOnlySequence<byte> _, "\r\n\r\n"u8) ? reader.Position : null;
    }
}
