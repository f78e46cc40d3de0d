using System.Text.Json.Nodes;

namespace Sage.SupervisorHost;

/// <summary>What a server can have beside tools: prompts, things to read, and questions to the user.</summary>
internal sealed partial class McpTestServer
{
    private static readonly string[] RichTools = ["ask", "ask_page", "visit", "more_prompts"];

    private readonly Dictionary<string, JsonNode> _asked = [];
    private bool _hasMorePrompts;
    private JsonNode? _subscription;

    private bool IsRich => options.Contains("rich");

    private JsonObject Capabilities()
    {
        var changes = new JsonObject { ["listChanged"] = true };
        return IsRich
            ? new JsonObject
            {
                ["tools"] = changes,
                ["prompts"] = changes.DeepClone(),
                ["resources"] = changes.DeepClone(),
            }
            : new JsonObject { ["tools"] = changes };
    }

    /// <summary>A request or a notification of the client, or its answer to a question of ours.</summary>
    private void Receive(JsonObject message)
    {
        if (message["method"] is not null)
        {
            Answer(message);
            return;
        }

        if (_asked.Remove((string?)message["id"] ?? "", out var call))
        {
            Reply(call, Text($"The user said: {(message["result"] ?? message["error"])!.ToJsonString()}"));
        }
    }

    private bool AnswerRich(string method, JsonNode? id, JsonNode? parameters)
    {
        switch (method)
        {
            case "server/discover" when options.Contains("newest"):
                Reply(id, Discovered());
                return true;
            case "subscriptions/listen":
                _subscription = id;
                Log($"listens {parameters!["notifications"]!.ToJsonString()}");
                return true;
            case "prompts/list":
                Reply(id, new JsonObject { ["prompts"] = new JsonArray([.. Prompts()]) });
                return true;
            case "prompts/get":
                Reply(id, Prompt(parameters!));
                return true;
            case "resources/list":
                Reply(id, new JsonObject { ["resources"] = new JsonArray([.. Resources()]) });
                return true;
            case "resources/templates/list":
                var template = new JsonObject { ["name"] = "issue", ["uriTemplate"] = "test://issues/{number}" };
                Reply(id, new JsonObject { ["resourceTemplates"] = new JsonArray(template) });
                return true;
            case "resources/read":
                Reply(id, Resource((string)parameters!["uri"]!));
                return true;
            default:
                return false;
        }
    }

    private JsonObject Discovered() =>
        new()
        {
            ["supportedVersions"] = new JsonArray("2026-07-28"),
            ["capabilities"] = Capabilities(),
            ["serverInfo"] = new JsonObject { ["name"] = "test", ["version"] = "1" },
        };

    private IEnumerable<JsonNode> Prompts()
    {
        yield return new JsonObject
        {
            ["name"] = "triage",
            ["description"] = "Looks at an issue.\nCarefully.",
            ["arguments"] = new JsonArray(
                new JsonObject { ["name"] = "number", ["required"] = true },
                new JsonObject { ["name"] = "how" }
            ),
        };
        if (_hasMorePrompts)
        {
            yield return new JsonObject { ["name"] = "later" };
        }
    }

    private static JsonObject Prompt(JsonNode parameters)
    {
        var arguments = parameters["arguments"];
        var words = new JsonObject
        {
            ["type"] = "text",
            ["text"] = $"Triage issue {arguments?["number"]}, {arguments?["how"] ?? "as you like"}.",
        };
        var attached = new JsonObject
        {
            ["type"] = "resource",
            ["resource"] = new JsonObject { ["uri"] = "test://issues/7", ["text"] = "It does not start." },
        };
        return new JsonObject
        {
            ["messages"] = new JsonArray(
                new JsonObject { ["role"] = "user", ["content"] = words },
                new JsonObject { ["role"] = "user", ["content"] = attached }
            ),
        };
    }

    private static IEnumerable<JsonNode> Resources() =>
        [
            new JsonObject
            {
                ["uri"] = "test://notes",
                ["name"] = "Notes",
                ["description"] = "What was decided",
            },
            new JsonObject { ["uri"] = "test://logo", ["name"] = "Logo" },
        ];

    private static JsonObject Resource(string uri)
    {
        var contents = new JsonObject { ["uri"] = uri };
        switch (uri)
        {
            case "test://notes":
                contents["text"] = "Ship on Friday.";
                break;
            case "test://logo":
                (contents["blob"], contents["mimeType"]) = ("iVBORw0KGgo=", "image/png");
                break;
            default:
                contents["text"] = new string('x', 60_000);
                break;
        }

        return new JsonObject { ["contents"] = new JsonArray(contents) };
    }

    private void CallRich(string tool, JsonNode id, JsonObject call)
    {
        switch (tool)
        {
            case "ask":
                var schema = call["arguments"]!["schema"]!.DeepClone();
                Ask(id, new JsonObject { ["message"] = "Where to?", ["requestedSchema"] = schema });
                break;
            case "ask_page":
                Ask(id, Page("https://pay.example.com/1"));
                break;
            case "visit":
                var page = Page("https://connect.example.com/2");
                var error = new JsonObject
                {
                    ["code"] = -32042,
                    ["message"] = "Visit it.",
                    ["data"] = new JsonObject { ["elicitations"] = new JsonArray(page) },
                };
                Send(
                    new JsonObject
                    {
                        ["jsonrpc"] = "2.0",
                        ["id"] = id.DeepClone(),
                        ["error"] = error,
                    }
                );
                break;
            default:
                _hasMorePrompts = true;
                Changed("prompts");
                Reply(id, Text("There is one more."));
                break;
        }
    }

    private static JsonObject Page(string url) =>
        new()
        {
            ["mode"] = "url",
            ["message"] = "Please visit it.",
            ["elicitationId"] = url,
            ["url"] = url,
        };

    private void Changed(string list)
    {
        var parameters = new JsonObject();
        if (_subscription is { } subscription)
        {
            parameters["_meta"] = new JsonObject
            {
                ["io.modelcontextprotocol/subscriptionId"] = subscription.DeepClone(),
            };
        }

        Send(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["method"] = $"notifications/{list}/list_changed",
                ["params"] = parameters,
            }
        );
    }

    private void Ask(JsonNode call, JsonObject parameters)
    {
        var id = $"ask-{call.ToJsonString()}";
        _asked[id] = call.DeepClone();
        Send(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = id,
                ["method"] = "elicitation/create",
                ["params"] = parameters,
            }
        );
    }
}
