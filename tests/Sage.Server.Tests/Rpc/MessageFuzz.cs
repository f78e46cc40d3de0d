using System.Text.Json;
using CsCheck;
using Sage.Server.Tests.Fakes;
using Sage.TestKit;

namespace Sage.Server.Tests.Rpc;

/// <summary>
/// Whatever a client sends in a frame: the server answers the next request.
/// </summary>
public sealed class MessageFuzz
{
    private static readonly int Messages = Fuzz.Size(ordinary: 400);

    // What ends the server, and what it would ask the model for, is left out.
    private static readonly string[] Methods =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "tests", "Sage.Server.Tests", "Rpc", "Golden", "methods.txt"))
            .Where(static line => line.StartsWith("client → server", StringComparison.Ordinal))
            .Select(static line => line[(line.LastIndexOf(' ') + 1)..])
            .Where(static method => method is not ("exit" or "shutdown")),
    ];

    private static readonly string[] Members =
    [
        "sessionId",
        "input",
        "id",
        "callId",
        "path",
        "text",
        "uri",
        "textDocument",
        "settings",
        "query",
        "limit",
        "beforeSeq",
        "files",
        "model",
        "title",
        "type",
        "command",
        "arguments",
        "range",
        "contentChanges",
        "version",
    ];

    private static readonly Gen<string> Value = Gen.Int[0, 3].SelectMany(ValueOf);

    private static readonly Gen<string> Message = Gen.OneOf(
        Gen.Select(
            Gen.Int[0, 200],
            Gen.Int[0, Methods.Length - 1],
            Value,
            static (id, method, value) =>
                $$"""{"jsonrpc":"2.0",{{(id < 150 ? $"\"id\":{id}," : "")}}"method":"{{Methods[method]}}","params":{{value}}}"""
        ),
        Gen.Select(Value, Value, Value, static (a, b, c) => $$"""{"jsonrpc":{{a}},"id":{{b}},"method":{{c}}}"""),
        Gen.Select(
            Value,
            static value => $$$"""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":{{{value}}}}}"""
        ),
        Gen.Select(Value, static value => $$"""{"jsonrpc":"2.0","id":{{value}},"result":{{value}}}"""),
        Value,
        Gen.String[0, 40]
    );

    [Fact]
    public async Task The_server_answers_whatever_came_before()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var number = 0;
        await Gen.Select(Message, Gen.Int[0, 400], Gen.Int[0, 5])
            .Array[20]
            .SampleAsync(
                async batch =>
                {
                    foreach (var (message, at, damage) in batch)
                    {
                        var sent = Damaged(message, at, damage);
                        // Only a frame of its own size can be told from the next one.
                        if (
                            !sent.Contains("shutdown", StringComparison.Ordinal)
                            && !sent.Contains("exit", StringComparison.Ordinal)
                        )
                        {
                            await rig.Client.SendAsync(sent);
                        }
                    }

                    var id = $"alive-{number++}";
                    await rig.Client.SendAsync(
                        $$$"""{"jsonrpc":"2.0","id":"{{{id}}}","method":"sage/session/list","params":{}}"""
                    );
                    var answer = await rig.Client.WaitForAsync(m =>
                        m.TryGetProperty("id", out var of)
                        && of.ValueKind == JsonValueKind.String
                        && of.GetString() == id
                    );
                    Assert.True(answer.TryGetProperty("result", out _), answer.GetRawText());
                },
                iter: Math.Max(1, Messages / 20),
                threads: 1
            );
    }

    /// <summary>One in three is cut off, doubled or gets a wrong character somewhere.</summary>
    private static string Damaged(string message, int at, int damage)
    {
        var place = message.Length == 0 ? 0 : at % message.Length;
        return damage switch
        {
            0 => message[..place],
            1 when message.Length > 0 => $"{message[..place]}{(char)(at * 7 % 127)}{message[(place + 1)..]}",
            2 when at % 5 == 0 => message + message,
            _ => message,
        };
    }

    private static Gen<string> ValueOf(int depth) =>
        depth == 0
            ? Gen.OneOf(
                Gen.Const("null"),
                Gen.Const("true"),
                Gen.Const("{}"),
                Gen.Const("[]"),
                Gen.Const("-1"),
                Gen.Const("1e999"),
                Gen.Const("9223372036854775808"),
                Gen.Const("\"\\ud800\""),
                Gen.Const("\"file:///etc/passwd\""),
                Gen.Const("\"../../x\""),
                Gen.Const(string.Concat(Enumerable.Repeat("[", 200)) + string.Concat(Enumerable.Repeat("]", 200))),
                Gen.Int.Select(static i => $"{i}"),
                Gen.String[0, 12].Select(static text => JsonSerializer.Serialize(text))
            )
            : Gen.OneOf(
                ValueOf(0),
                ValueOf(depth - 1).Array[0, 3].Select(static items => $"[{string.Join(',', items)}]"),
                Gen.Select(Gen.Int[0, Members.Length - 1], ValueOf(depth - 1))
                    .Array[0, 4]
                    .Select(static items =>
                        "{" + string.Join(',', items.Select(i => $"\"{Members[i.Item1]}\":{i.Item2}")) + "}"
                    )
            );
}
