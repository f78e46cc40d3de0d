using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sage.TestKit;
using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.EndToEnd.Models;

/// <summary>What requests cost, what may be spent, and who stands in, in the published program.</summary>
[Trait("Category", "EndToEnd")]
public sealed class MoneyTests
{
    private const string Prices = """
        "prices":{"*":{"input":10,"output":100,"cachedInput":1}}
        """;

    [Theory]
    [InlineData("openai")]
    [InlineData("openai-responses")]
    [InlineData("anthropic")]
    public async Task Headless_it_stops_before_the_request_that_would_cost_too_much(string provider)
    {
        await using var model = await ScriptedModelServer.StartAsync();
        using var home = new TempFolder();
        using var folder = new TempFolder();
        home.Write("settings.json", "{" + Prices + "}");
        for (var number = 0; number < 9; number++)
        {
            var path = $"{number}";
            model.Reply(r => r.ToolCall("list_directory", new { path }).Usage(10_000, 100));
        }

        var (exitCode, events) = await ExecAsync(model, home, folder, provider, "--max-cost", "0.25");

        Assert.Equal(3, exitCode);
        Assert.Equal(2, model.ModelRequests.Count);
        Assert.Equal(
            [0.11m, 0.11m],
            events.Where(e => Type(e) == "usage").Select(e => e.GetProperty("usage").GetProperty("cost").GetDecimal())
        );
        var end = events[^1];
        Assert.Equal("budgetExceeded", end.GetProperty("outcome").GetString());
        Assert.Equal(0.22m, end.GetProperty("usage").GetProperty("cost").GetDecimal());
        Assert.Contains(
            events,
            e => Type(e) == "notice" && e.ToString().Contains("has cost $0.22", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_price_that_is_not_known_is_exit_2_and_nothing_is_asked()
    {
        await using var model = await ScriptedModelServer.StartAsync();
        using var home = new TempFolder();
        using var folder = new TempFolder();

        var (exitCode, events) = await ExecAsync(model, home, folder, "openai", "--max-cost", "1");

        Assert.Equal((2, 0, 0), (exitCode, events.Count, model.ModelRequests.Count));
    }

    [Theory]
    [InlineData(true, "completed", 3)]
    [InlineData(false, "budgetExceeded", 1)]
    public async Task In_the_editor_the_user_is_asked_and_raises_it_or_not(bool raises, string outcome, int requests)
    {
        await using var server = await LiveServer.StartAsync();
        server.MoreSettings = "," + Prices + ""","budget":{"turnCost":0.15}""";
        await server.ConfigureAsync(WireFormat.OpenAIChat);
        server.Model.Reply(r => r.ToolCall("list_directory", new { }).Usage(10_000, 100));
        server.Model.Reply(r => r.ToolCall("list_directory", new { depth = 2 }).Usage(10_000, 100));
        server.Model.Reply(r => r.Text("Done.").Usage(10_000, 100));
        server.Client.Handle(
            "sage/question/ask",
            asked =>
            {
                var offer = asked.GetProperty("questions")[0].GetProperty("options")[raises ? 0 : 1];
                return new JsonObject
                {
                    ["answers"] = new JsonArray(new JsonArray(offer.GetProperty("label").GetString())),
                    ["dismissed"] = false,
                };
            }
        );

        var (_, answer) = await server.PromptAsync(await server.NewSessionAsync(), "go");

        Assert.Equal(outcome, (await answer).GetProperty("result").GetProperty("outcome").GetString());
        Assert.Equal(requests, server.Model.ModelRequests.Count);
        Assert.Empty(server.Model.Violations);
    }

    [Theory]
    [InlineData(WireFormat.OpenAIChat, "openai")]
    [InlineData(WireFormat.OpenAIResponses, "openai-responses")]
    [InlineData(WireFormat.Anthropic, "anthropic")]
    public async Task A_model_that_is_out_of_credit_is_stood_in_for(WireFormat format, string provider)
    {
        await using var server = await LiveServer.StartAsync();
        server.MoreSettings = $$""","fallbackModels":["{{provider}}/the-second"]""";
        await server.ConfigureAsync(format);
        server.Model.Reply(r => r.Http(402, "{}"));
        server.Model.Reply(r => r.Text("I am the second."));
        var session = await server.NewSessionAsync();

        var answer = await (await server.PromptAsync(session, "hello")).Answer;

        Assert.Equal("completed", answer.GetProperty("result").GetProperty("outcome").GetString());
        Assert.Equal(["scripted-model", "the-second"], server.Model.ModelRequests.Select(request => request.Model));
        await server.Client.WaitForAsync(m =>
            m.ToString().Contains("the-second goes on for", StringComparison.Ordinal)
        );
        Assert.Empty(server.Model.Violations);
    }

    [Fact]
    public async Task A_session_keeps_the_model_that_was_chosen_for_it_in_the_next_process_too()
    {
        await using var server = await LiveServer.InitializedAsync();
        server.Model.Always(null, r => r.Text("Fine."));
        var (mine, other) = (await server.NewSessionAsync(), await server.NewSessionAsync());
        await server.Client.CallAsync("sage/model/select", $$"""{"id":"openai/for-this-one","sessionId":"{{mine}}"}""");
        await server.Client.CallAsync("sage/model/select", """{"id":"openai/for-all"}""");
        await (await server.PromptAsync(mine, "one")).Answer;
        await (await server.PromptAsync(other, "two")).Answer;
        await server.KillAsync();

        await using var next = await server.AgainAsync();
        await (await next.PromptAsync(mine, "three")).Answer;

        Assert.Equal(
            ["for-this-one", "for-all", "for-this-one"],
            server.Model.ModelRequests.Select(request => request.Model)
        );
    }

    private static string? Type(JsonElement happened) => happened.GetProperty("type").GetString();

    private static async Task<(int ExitCode, IReadOnlyList<JsonElement> Events)> ExecAsync(
        ScriptedModelServer model,
        TempFolder home,
        TempFolder folder,
        string provider,
        params string[] more
    )
    {
        var url = provider == "anthropic" ? model.Url : model.OpenAIUrl;
        string[] who = ["--provider", provider, "--base-url", url, "--model", "scripted-model"];
        var start = SageBinary.Start(home.Root, ["exec", "--json", "--cwd", folder.Root, .. who, .. more, "go"]);
        start.Environment["SAGE_API_KEY"] = "a-key-for-tests";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (process.ExitCode, [.. lines.Select(line => JsonElement.Parse(line).GetProperty("event"))]);
    }
}
