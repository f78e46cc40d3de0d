using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Sage.Protocol.Mcp;
using Sage.Protocol.Questions;

namespace Sage.Extensibility.Tests.Mcp;

/// <summary>
/// What the authors of the protocol demand of a client, by their own suite. Which scenarios are left out, and why, is said in
/// docs/mcp.md.
/// </summary>
public sealed class ConformanceTests : IAsyncDisposable
{
    private readonly McpRig _rig = new();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData("initialize")]
    [InlineData("tools_call", "mcp__test__add_numbers", """{ "a": 2, "b": 3 }""")]
    [InlineData("elicitation-sep1034-client-defaults", "mcp__test__test_client_elicitation_defaults", "{}")]
    [InlineData("auth/metadata-default", "mcp__test__test-tool", "{}")]
    [InlineData("auth/metadata-var1", "mcp__test__test-tool", "{}")]
    [InlineData("auth/basic-cimd", "mcp__test__test-tool", "{}")]
    [InlineData("auth/scope-from-www-authenticate", "mcp__test__test-tool", "{}")]
    [InlineData("auth/scope-from-scopes-supported", "mcp__test__test-tool", "{}")]
    [InlineData("auth/scope-omitted-when-undefined", "mcp__test__test-tool", "{}")]
    [InlineData("auth/scope-step-up", "mcp__test__test-tool", "{}")]
    [InlineData("auth/scope-retry-limit", "mcp__test__test-tool", "{}")]
    [InlineData("auth/token-endpoint-auth-basic", "mcp__test__test-tool", "{}")]
    [InlineData("auth/token-endpoint-auth-post", "mcp__test__test-tool", "{}")]
    [InlineData("auth/token-endpoint-auth-none", "mcp__test__test-tool", "{}")]
    [InlineData("auth/resource-mismatch")]
    [InlineData("auth/pre-registration", "mcp__test__test-tool", "{}")]
    public async Task The_conformance_suite_is_content(string scenario, string? tool = null, string arguments = "")
    {
        _rig.Editor.Browser = BrowseAsync;
        // Everything is agreed to, and nothing filled in.
        _rig.Client.OnQuestion = (asked, _) =>
            Task.FromResult<AskQuestionResult?>(new([.. asked.Questions.Select(_ => ImmutableArray<string>.Empty)]));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var suite = Start(scenario, ((IPEndPoint)listener.LocalEndpoint).Port);
        var output = Task.WhenAll(suite.StandardOutput.ReadToEndAsync(), suite.StandardError.ReadToEndAsync());

        await UseAsync(listener, suite, tool, arguments);

        await suite.WaitForExitAsync();
        Assert.True(suite.ExitCode == 0, $"{scenario}:\n{string.Join('\n', await output)}");
    }

    private static Process Start(string scenario, int port) =>
        Process.Start(
            new ProcessStartInfo(
                "node",
                [
                    OtherServers.Script(OtherServers.Conformance),
                    "client",
                    "--command",
                    $"node relay.mjs {port}",
                    "--scenario",
                    scenario,
                ]
            )
            {
                WorkingDirectory = OtherServers.Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;

    /// <summary>The suite has started its client, which says where the server of the scenario is.</summary>
    private async Task UseAsync(TcpListener listener, Process suite, string? tool, string arguments)
    {
        var arriving = listener.AcceptTcpClientAsync();
        Assert.Same(arriving, await Task.WhenAny(arriving, suite.WaitForExitAsync()));
        using var relay = await arriving;
        await using var stream = relay.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        using var told = JsonDocument.Parse((await reader.ReadLineAsync())!);
        _rig.OwnServers = $$"""{ "test": {{Entry(told.RootElement)}} }""";
        _rig.Read();
        var said = await _rig.Log.SaidAsync("MCP server test");
        if (tool is not null && said.Contains("offers", StringComparison.Ordinal))
        {
            await _rig.CallAsync(tool, arguments);
        }

        await _rig.Servers.DisposeAsync();
        await stream.WriteAsync("done\n"u8.ToArray(), CancellationToken.None);
        await stream.FlushAsync(CancellationToken.None);
        Task closed = reader.ReadLineAsync();
        await closed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static string Entry(JsonElement told)
    {
        var oauth = """ "clientMetadataUrl": "https://conformance-test.local/client-metadata.json" """;
        if (told.GetProperty("context").GetString() is { } context)
        {
            using var known = JsonDocument.Parse(context);
            if (known.RootElement.TryGetProperty("client_id", out var id))
            {
                var secret = known.RootElement.GetProperty("client_secret").GetString();
                oauth = $$""" "clientId": "{{id.GetString()}}", "clientSecret": "{{secret}}" """;
            }
        }

        return $$"""{ "url": "{{told.GetProperty("url").GetString()}}", "oauth": { {{oauth}} } }""";
    }

    /// <summary>The suite's pages answer with the way back, which it wants to be gone by us.</summary>
    private static async Task<bool> BrowseAsync(OpenAddressParams address, CancellationToken cancellationToken)
    {
        using var browser = new HttpClient();
        using var page = await browser.GetAsync(new Uri(address.Url), cancellationToken);
        return true;
    }
}
