using System.Text;
using System.Text.Json;
using Sage.Server.Tests.Fakes;

namespace Sage.Server.Tests.Rpc;

public sealed class FramingTests
{
    [Theory]
    [InlineData("{\"jsonrpc\":\"2.0\",", -32700)]
    [InlineData("not json at all", -32700)]
    [InlineData("\u0000\u0001", -32700)]
    [InlineData("", -32700)]
    [InlineData("[]", -32600)]
    [InlineData("42", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1}", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":null}", -32600)]
    [InlineData("{\"jsonrpc\":2,\"id\":1,\"method\":\"x\"}", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"x\"}", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{}}", -32600)]
    public async Task A_body_that_is_no_message_is_answered_and_the_server_lives(string body, int code)
    {
        await using var rig = await ServerRig.InitializedAsync();

        await rig.Client.SendAsync(body);

        var answer = await rig.Client.WaitForAsync(message => message.TryGetProperty("error", out _));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("id").ValueKind);
        Assert.Equal(code, answer.GetProperty("error").GetProperty("code").GetInt32());
        await rig.NewSessionAsync();
    }

    [Fact]
    public async Task Invalid_utf8_in_a_body_is_answered_and_the_server_lives()
    {
        await using var rig = await ServerRig.InitializedAsync();

        await rig.Client.SendRawAsync([.. "Content-Length: 4\r\n\r\n"u8, (byte)'"', 0xFF, 0xFE, (byte)'"']);

        var answer = await rig.Client.WaitForAsync(message => message.TryGetProperty("error", out _));
        Assert.Equal(-32600, answer.GetProperty("error").GetProperty("code").GetInt32(), new CodeComparer());
        await rig.NewSessionAsync();
    }

    [Fact]
    public async Task A_frame_that_arrives_byte_by_byte_is_read_like_any_other()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var body = """{"jsonrpc":"2.0","id":"slow","method":"sage/session/list","params":{}}""";

        foreach (var b in Encoding.UTF8.GetBytes($"Content-Length: {body.Length}\r\n\r\n{body}"))
        {
            await rig.Client.SendRawAsync([b]);
        }

        var answer = await rig.Client.WaitForAsync(m => m.TryGetProperty("id", out var id) && Is(id, "slow"));
        Assert.True(answer.TryGetProperty("result", out _));
    }

    [Theory]
    [InlineData("Content-Length: banana\r\n\r\n{}")]
    [InlineData("Content-Type: text/plain\r\n\r\n{}")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    public async Task A_broken_header_ends_the_server_with_an_error(string header)
    {
        await using var rig = await ServerRig.InitializedAsync();

        await rig.Client.SendRawAsync(Encoding.ASCII.GetBytes(header));

        Assert.Equal(1, await rig.Server);
    }

    [Fact]
    public async Task The_end_of_the_input_ends_the_server_without_an_error()
    {
        await using var rig = await ServerRig.InitializedAsync();

        await rig.Client.HangUpAsync();

        Assert.Equal(0, await rig.Server);
    }

    [Fact]
    public async Task An_answer_nobody_asked_for_is_skipped()
    {
        await using var rig = await ServerRig.InitializedAsync();

        await rig.Client.SendAsync("""{"jsonrpc":"2.0","id":4711,"result":true}""");
        await rig.Client.SendAsync("""{"jsonrpc":"2.0","id":"x","error":{"code":1,"message":"no"} }""");

        await rig.NewSessionAsync();
    }

    private static bool Is(JsonElement id, string value) =>
        id.ValueKind == JsonValueKind.String && id.GetString() == value;

    // Which of the two it is depends on where the decoder notices; both say "your body is wrong".
    private sealed class CodeComparer : IEqualityComparer<int>
    {
        public bool Equals(int x, int y) => x is -32600 or -32700 && y is -32600 or -32700;

        public int GetHashCode(int code) => 0;
    }
}
