using System.Text;
using System.Text.Json.Nodes;

namespace Sage.SupervisorHost;

/// <summary>
/// A small MCP server on standard input and output, written against the specification and not with the client's library. It does
/// what it is told: crash, be silent, hold a call until it is cancelled, change its list of tools.
/// </summary>
internal sealed partial class McpTestServer(string[] options)
{
    public const string Verb = "mcp";

    private readonly TextWriter _output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
    private readonly Dictionary<string, string> _held = [];
    private bool _hasGrown;

    /// <param name="options">
    /// <c>silent</c>; <c>start-crash</c> or <c>start-crash=LAST WORDS</c>; <c>many=N</c>; <c>log=FILE</c>; <c>rich</c>: with prompts, resources and questions; <c>newest</c>: speaks
    /// the revision of the protocol that has no <c>initialize</c>.
    /// </param>
    public static int Run(string[] options) => new McpTestServer(options).Run();

    private int Run()
    {
        Log($"started {Environment.ProcessId}");
        if (options.Contains("start-crash") || Option("start-crash") is not null)
        {
            Console.Error.WriteLine(Option("start-crash") ?? "the configuration is missing");
            return 3;
        }

        using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        while (input.ReadLine() is { } line)
        {
            if (!options.Contains("silent"))
            {
                Receive(JsonNode.Parse(line)!.AsObject());
            }
        }

        return 0;
    }

    private void Answer(JsonObject message)
    {
        var id = message["id"];
        switch ((string?)message["method"])
        {
            case "initialize" when !options.Contains("newest"):
                Reply(id, Initialized((string?)message["params"]?["protocolVersion"] ?? ""));
                break;
            case "tools/list":
                Reply(id, new JsonObject { ["tools"] = new JsonArray([.. Tools()]) });
                break;
            case "tools/call":
                Call(id!, message["params"]!.AsObject());
                break;
            case "notifications/cancelled":
                Log($"cancelled {_held.GetValueOrDefault(message["params"]!["requestId"]!.ToJsonString())}");
                break;
            case var other when IsRich && AnswerRich(other ?? "", id, message["params"]):
                break;
            case var unknown when id is not null:
                var error = new JsonObject { ["code"] = -32601, ["message"] = $"There is no method {unknown}." };
                Send(
                    new JsonObject
                    {
                        ["jsonrpc"] = "2.0",
                        ["id"] = id.DeepClone(),
                        ["error"] = error,
                    }
                );
                break;
        }
    }

    private JsonObject Initialized(string version) =>
        new()
        {
            ["protocolVersion"] = version.StartsWith("2025", StringComparison.Ordinal) ? version : "2025-06-18",
            ["capabilities"] = Capabilities(),
            ["serverInfo"] = new JsonObject { ["name"] = "test", ["version"] = "1" },
        };

    private IEnumerable<JsonNode> Tools()
    {
        foreach (var name in (string[])["echo", "variable", "fail", "image", "hold", "crash", "grow"])
        {
            yield return Tool(name, $"Does {name}.");
        }

        foreach (var name in IsRich ? RichTools : [])
        {
            yield return Tool(name, $"Does {name}.");
        }

        if (_hasGrown)
        {
            yield return Tool("grown", "Came later.");
        }

        for (var number = 0; number < int.Parse(Option("many") ?? "0", null); number++)
        {
            yield return Tool($"number_{number}", $"Number {number} of many. {new string('x', 200)}");
        }
    }

    private static JsonObject Tool(string name, string description) =>
        new()
        {
            ["name"] = name,
            ["description"] = description,
            ["inputSchema"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["text"] = new JsonObject { ["type"] = "string" } },
            },
            ["annotations"] = new JsonObject { ["readOnlyHint"] = name == "echo" },
        };

    private void Call(JsonNode id, JsonObject call)
    {
        var text = (string?)call["arguments"]?["text"] ?? "";
        switch ((string?)call["name"])
        {
            case "echo":
                Reply(id, Text($"You said: {text}"));
                break;
            case "variable":
                Reply(id, Text(Environment.GetEnvironmentVariable(text) ?? "(not set)"));
                break;
            case "fail":
                var failed = Text("It cannot be done.");
                failed["isError"] = true;
                Reply(id, failed);
                break;
            case "image":
                Reply(
                    id,
                    Content(
                        new JsonObject
                        {
                            ["type"] = "image",
                            ["data"] = "iVBORw0KGgo=",
                            ["mimeType"] = "image/png",
                        }
                    )
                );
                break;
            default:
                Misbehave(id, call, text);
                break;
        }
    }

    /// <summary>What no polite server does, and whatever else there is a tool for.</summary>
    private void Misbehave(JsonNode id, JsonObject call, string text)
    {
        switch ((string?)call["name"])
        {
            case "hold":
                _held[id.ToJsonString()] = text;
                Progress(call, "held");
                break;
            case "crash":
                Log("crashing");
                Console.Error.WriteLine("out of luck");
                Environment.Exit(7);
                break;
            case "grow":
                _hasGrown = true;
                Send(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "notifications/tools/list_changed" });
                Reply(id, Text("There is one more."));
                break;
            case var rich when IsRich && RichTools.Contains(rich):
                CallRich(rich!, id, call);
                break;
            default:
                Reply(id, Text($"ran {call["name"]}"));
                break;
        }
    }

    private void Progress(JsonObject call, string message)
    {
        if (call["_meta"]?["progressToken"] is { } token)
        {
            var parameters = new JsonObject
            {
                ["progressToken"] = token.DeepClone(),
                ["progress"] = 1,
                ["total"] = 2,
                ["message"] = message,
            };
            Send(
                new JsonObject
                {
                    ["jsonrpc"] = "2.0",
                    ["method"] = "notifications/progress",
                    ["params"] = parameters,
                }
            );
        }
    }

    private static JsonObject Text(string text) => Content(new JsonObject { ["type"] = "text", ["text"] = text });

    private static JsonObject Content(JsonObject content) => new() { ["content"] = new JsonArray(content) };

    private void Reply(JsonNode? id, JsonObject result) =>
        Send(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = id?.DeepClone(),
                ["result"] = result,
            }
        );

    private void Send(JsonObject message) => _output.WriteLine(message.ToJsonString());

    private string? Option(string name) =>
        options.FirstOrDefault(option => option.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    private void Log(string line)
    {
        if (Option("log") is { } file)
        {
            File.AppendAllText(file, line + "\n");
        }
    }
}
