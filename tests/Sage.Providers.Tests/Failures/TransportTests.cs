using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sage.Protocol.Turns;
using Sage.Providers.Failures;
using Sage.Providers.Tests.Streaming;
using Sage.TestKit.ScriptedModel;

namespace Sage.Providers.Tests.Failures;

/// <summary>What can go wrong below HTTP, each with what it means and whether it is worth another try.</summary>
public sealed class TransportTests
{
    private static readonly Endpoint Endpoint = new(
        "openai",
        "OpenAI",
        new Uri("https://api.example.com/v1"),
        "m",
        "sk-secret",
        "OPENAI_API_KEY"
    );

    public static TheoryData<WireFormat> Formats => [.. ModelUnderTest.Formats];

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, null, "no host of that name", "Briefly")]
    [InlineData(HttpRequestError.SecureConnectionError, null, "no secure connection", "Briefly")]
    [InlineData(HttpRequestError.ProxyTunnelError, null, "the proxy refused", "Briefly")]
    [InlineData(HttpRequestError.ConnectionError, SocketError.ConnectionRefused, "nothing listens there", "Briefly")]
    [InlineData(HttpRequestError.ConnectionError, SocketError.NetworkUnreachable, "no way there", "Briefly")]
    [InlineData(HttpRequestError.ConnectionError, SocketError.ConnectionReset, "connection broke", "Yes")]
    [InlineData(HttpRequestError.HttpProtocolError, null, "connection broke", "Yes")]
    [InlineData(HttpRequestError.ResponseEnded, null, "connection broke", "Yes")]
    public void A_fault_of_the_network_is_explained(
        HttpRequestError kind,
        SocketError? socket,
        string expected,
        string sendAgain
    )
    {
        var inner = socket is { } code ? new SocketException((int)code) : null;
        var failure = FailureOf.Exception(
            new HttpRequestException(kind, "low-level words", inner),
            Endpoint,
            RequestCourse.Running
        );

        Assert.Equal((TurnErrorCodes.Network, sendAgain), (failure!.Code, $"{failure.SendAgain}"));
        Assert.Contains(expected, failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("api.example.com", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("low-level words", failure.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_server_without_TLS_behind_an_https_address_is_told_from_a_dead_one(WireFormat format)
    {
        await using var plain = await ScriptedModelServer.StartAsync();
        var address = plain.OpenAIUrl.Replace("http://", "https://", StringComparison.Ordinal);
        await using var model = await ModelUnderTest.StartAsync(format, baseUrl: address);

        var error = await model.FailAsync();

        Assert.Equal(TurnErrorCodes.Network, error.Code);
        Assert.Contains("no secure connection", error.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task A_connection_that_breaks_in_the_middle_of_a_call_says_so_and_no_call_is_ready(WireFormat format)
    {
        await using var model = await ModelUnderTest.StartAsync(format);
        model.Server.Reply(r => r.Text("I write.").RawToolCall("write_file", "{\"path\": \"a", id: "c").Abort());

        var error = await model.FailAsync();

        Assert.Equal((TurnErrorCodes.Network, true), (error.Code, error.Retryable));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_stream_that_a_proxy_has_compressed_is_read(string encoding)
    {
        foreach (var format in ModelUnderTest.Formats)
        {
            using var proxy = new CompressingServer(encoding, Stream(format));
            await using var model = await ModelUnderTest.StartAsync(format, baseUrl: proxy.Url);

            Assert.Equal("packed", (await model.AskAsync()).Text());
        }
    }

    private static string Stream(WireFormat format) =>
        format switch
        {
            WireFormat.Anthropic => """
                data: {"type":"message_start","message":{"id":"m","model":"m","usage":{"input_tokens":1}}}

                data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"packed"}}

                data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}

                data: {"type":"message_stop"}


                """,
            WireFormat.OpenAIResponses => """
                data: {"type":"response.output_text.delta","output_index":0,"delta":"packed"}

                data: {"type":"response.completed","response":{"id":"r"}}


                """,
            _ => """
                data: {"choices":[{"delta":{"content":"packed"},"finish_reason":"stop"}]}

                data: [DONE]


                """,
        };

    /// <summary>Answers one request with a compressed body.</summary>
    private sealed class CompressingServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public CompressingServer(string encoding, string body)
        {
            _listener.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
            _ = Task.Run(() => AnswerAsync(encoding, Compress(encoding, body)));
        }

        public string Url { get; }

        public void Dispose() => _listener.Stop();

        private static byte[] Compress(string encoding, string body)
        {
            using var packed = new MemoryStream();
            using (
                Stream packer = encoding switch
                {
                    "gzip" => new GZipStream(packed, CompressionLevel.Fastest),
                    "br" => new BrotliStream(packed, CompressionLevel.Fastest),
                    _ => new ZLibStream(packed, CompressionLevel.Fastest),
                }
            )
            {
                packer.Write(Encoding.UTF8.GetBytes(body.ReplaceLineEndings("\n")));
            }

            return packed.ToArray();
        }

        private async Task AnswerAsync(string encoding, byte[] body)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            var stream = client.GetStream();
            await ReadRequestAsync(stream);
            var head = string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: {encoding}\r\nContent-Length: {body.Length}\r\n\r\n"
            );
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
            await stream.WriteAsync(body);
        }

        private static async Task ReadRequestAsync(NetworkStream stream)
        {
            using var reader = new StreamReader(stream, leaveOpen: true);
            var length = 0;
            while (await reader.ReadLineAsync() is { Length: > 0 } line)
            {
                if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                {
                    length = int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture);
                }
            }

            await reader.ReadBlockAsync(new char[length]);
        }
    }
}
