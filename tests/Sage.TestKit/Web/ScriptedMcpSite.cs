using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.AspNetCore.Http;

namespace Sage.TestKit.Web;

/// <summary>
/// An MCP server over Streamable HTTP, written against the specification, that can want to be signed in to: then it is its own
/// authorization server, with registration, PKCE and refresh, as strict as the specification about what it receives.
/// </summary>
public sealed class ScriptedMcpSite : HttpSite
{
    private readonly ConcurrentDictionary<string, string> _challenges = new();
    private readonly ConcurrentDictionary<string, bool> _sessions = new();
    private readonly ConcurrentQueue<string> _log = new();
    private int _number;

    /// <summary>Null lets everybody in; changing it makes the tokens of before worthless.</summary>
    public string? AccessToken { get; set; }

    /// <summary>What a refresh must bring along.</summary>
    public string RefreshToken { get; } = "refresh-token-that-is-secret";

    /// <summary>What was asked for, as <c>POST /token authorization_code</c>, in order.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>The headers of the last request to the MCP server.</summary>
    public Dictionary<string, string> LastHeaders { get; private set; } = [];

    public string McpUrl => $"{Url}/mcp";

    public static async Task<ScriptedMcpSite> StartAsync(string? accessToken = null)
    {
        var site = new ScriptedMcpSite { AccessToken = accessToken };
        await site.ListenAsync();
        return site;
    }

    /// <summary>As after a restart of the server: no session is known any more.</summary>
    public void ForgetSessions() => _sessions.Clear();

    protected override Task AnswerAsync(HttpContext context) =>
        (context.Request.Method, context.Request.Path.Value) switch
        {
            (_, "/mcp") => McpAsync(context),
            ("GET", "/moved") => MovedAsync(context),
            ("POST", "/moved") => MovedAsync(context),
            ("GET", "/.well-known/oauth-protected-resource" or "/.well-known/oauth-protected-resource/mcp") =>
                WriteAsync(
                    context,
                    new JsonObject { ["resource"] = McpUrl, ["authorization_servers"] = new JsonArray(Url) }
                ),
            ("GET", "/.well-known/oauth-authorization-server") => WriteAsync(context, Metadata()),
            ("POST", "/register") => RegisterAsync(context),
            ("GET", "/authorize") => AuthorizeAsync(context),
            ("POST", "/token") => TokenAsync(context),
            _ => RefuseAsync(context, 404),
        };

    private async Task McpAsync(HttpContext context)
    {
        LastHeaders = context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        if (AccessToken is { } token && context.Request.Headers.Authorization.ToString() != $"Bearer {token}")
        {
            _log.Enqueue("401");
            context.Response.Headers.WWWAuthenticate =
                $"Bearer resource_metadata=\"{Url}/.well-known/oauth-protected-resource/mcp\"";
            await RefuseAsync(context, 401);
            return;
        }

        if (context.Request.Method != "POST")
        {
            await RefuseAsync(context, context.Request.Method == "DELETE" ? 200 : 405);
            return;
        }

        var message = JsonNode.Parse(await ReadAsync(context))!.AsObject();
        var method = (string?)message["method"];
        var session = context.Request.Headers["Mcp-Session-Id"].ToString();
        if (session.Length > 0 && !_sessions.ContainsKey(session))
        {
            _log.Enqueue("404 session");
            await RefuseAsync(context, 404);
            return;
        }

        _log.Enqueue(method ?? "");
        if (message["id"] is not { } id)
        {
            await RefuseAsync(context, 202);
            return;
        }

        await WriteAsync(context, Reply(context, method, id, message["params"]));
    }

    private JsonObject Reply(HttpContext context, string? method, JsonNode id, JsonNode? parameters)
    {
        var reply = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone() };
        if (ResultOf(context, method, parameters) is { } result)
        {
            reply["result"] = result;
        }
        else
        {
            reply["error"] = new JsonObject { ["code"] = -32601, ["message"] = $"There is no method {method}." };
        }

        return reply;
    }

    private JsonObject? ResultOf(HttpContext context, string? method, JsonNode? parameters)
    {
        switch (method)
        {
            case "initialize":
                var session = $"session-{Interlocked.Increment(ref _number)}";
                _sessions[session] = true;
                context.Response.Headers["Mcp-Session-Id"] = session;
                return new JsonObject
                {
                    ["protocolVersion"] = "2025-11-25",
                    ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
                    ["serverInfo"] = new JsonObject { ["name"] = "site", ["version"] = "1" },
                };
            case "tools/list":
                var tool = new JsonObject
                {
                    ["name"] = "echo",
                    ["inputSchema"] = new JsonObject { ["type"] = "object" },
                };
                return new JsonObject { ["tools"] = new JsonArray(tool) };
            case "tools/call":
                var text = $"You said: {parameters?["arguments"]?["text"]}";
                return new JsonObject
                {
                    ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }),
                };
            default:
                return null;
        }
    }

    private Task MovedAsync(HttpContext context)
    {
        _log.Enqueue("moved");
        context.Response.Headers.Location = McpUrl;
        return RefuseAsync(context, 307);
    }

    private JsonObject Metadata() =>
        new()
        {
            ["issuer"] = Url,
            ["authorization_endpoint"] = $"{Url}/authorize",
            ["token_endpoint"] = $"{Url}/token",
            ["registration_endpoint"] = $"{Url}/register",
            ["response_types_supported"] = new JsonArray("code"),
            ["grant_types_supported"] = new JsonArray("authorization_code", "refresh_token"),
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("none"),
        };

    private async Task RegisterAsync(HttpContext context)
    {
        var wanted = JsonNode.Parse(await ReadAsync(context))!;
        _log.Enqueue($"register {wanted["client_name"]}");
        context.Response.StatusCode = 201;
        await WriteAsync(
            context,
            new JsonObject
            {
                ["client_id"] = "client-1",
                ["redirect_uris"] = wanted["redirect_uris"]!.DeepClone(),
                ["token_endpoint_auth_method"] = "none",
            }
        );
    }

    private Task AuthorizeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (query["code_challenge_method"] != "S256" || query["client_id"] != "client-1")
        {
            return RefuseAsync(context, 400);
        }

        _log.Enqueue("authorize");
        var code = $"code-{Interlocked.Increment(ref _number)}";
        _challenges[code] = query["code_challenge"].ToString();
        context.Response.Headers.Location =
            $"{query["redirect_uri"]}?code={code}&state={HttpUtility.UrlEncode(query["state"].ToString())}";
        return RefuseAsync(context, 302);
    }

    private async Task TokenAsync(HttpContext context)
    {
        var form = HttpUtility.ParseQueryString(await ReadAsync(context));
        var grant = form["grant_type"];
        _log.Enqueue($"token {grant}");
        var isRight = grant switch
        {
            "authorization_code" => _challenges.TryRemove(form["code"] ?? "", out var challenge)
                && challenge == Challenge(form["code_verifier"] ?? "")
                && form["resource"] == McpUrl,
            "refresh_token" => form["refresh_token"] == RefreshToken,
            _ => false,
        };
        if (!isRight)
        {
            context.Response.StatusCode = 400;
            await WriteAsync(context, new JsonObject { ["error"] = "invalid_grant" });
            return;
        }

        await WriteAsync(
            context,
            new JsonObject
            {
                ["access_token"] = AccessToken,
                ["refresh_token"] = RefreshToken,
                ["token_type"] = "Bearer",
                ["expires_in"] = 3600,
            }
        );
    }

    private static string Challenge(string verifier) =>
        Convert
            .ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))
            .TrimEnd('=')
            .Replace('+', '-')
            .Replace('/', '_');

    private static async Task<string> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(context.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext context, JsonObject body)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
