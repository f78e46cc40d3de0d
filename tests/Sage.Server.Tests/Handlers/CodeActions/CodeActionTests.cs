using System.Text.Json;
using System.Text.Json.Nodes;
using Sage.Protocol;
using Sage.Server.Handlers.Workspaces;
using Sage.Server.Tests.Fakes;

namespace Sage.Server.Tests.Handlers.CodeActions;

public sealed class CodeActionTests
{
    private const string Problem =
        """{"range":{"start":{"line":1,"character":2},"end":{"line":1,"character":5}},"message":"Cannot find name 'foo'.","severity":1,"code":2304,"source":"ts"}""";

    [Fact]
    public async Task A_problem_offers_everything_with_fix_as_a_quick_fix()
    {
        await using var rig = await OpenedAsync();

        var actions = await ActionsAsync(rig, Context($"[{Problem}]"));

        Assert.Equal(
            [
                "Ask Sage: Fix",
                "Ask Sage: Explain",
                "Ask Sage: Rewrite…",
                "Ask Sage: Generate Tests",
                "Ask Sage: Document",
                "Ask Sage: Add to Chat",
            ],
            actions.Select(a => a.GetProperty("title").GetString())
        );
        Assert.Equal("quickfix", actions[0].GetProperty("kind").GetString());
        Assert.Equal(
            "Cannot find name 'foo'.",
            actions[0].GetProperty("diagnostics")[0].GetProperty("message").GetString()
        );
        Assert.All(
            actions,
            a => Assert.Equal("sage.runCodeAction", a.GetProperty("command").GetProperty("command").GetString())
        );
        Assert.Equal(
            ["fix", "explain", "rewrite", "generateTests", "document", "addToChat"],
            actions.Select(a => a.GetProperty("command").GetProperty("arguments")[0].GetProperty("kind").GetString())
        );
    }

    [Fact]
    public async Task Without_a_problem_there_is_nothing_to_fix()
    {
        await using var rig = await OpenedAsync();

        var actions = await ActionsAsync(rig, Context("[]"), "0:0-2:0");

        Assert.DoesNotContain(actions, a => a.GetProperty("kind").GetString() == "quickfix");
        Assert.Equal(5, actions.Count);
    }

    [Fact]
    public async Task The_bulb_does_not_follow_the_cursor_through_every_line()
    {
        await using var rig = await OpenedAsync();

        Assert.Empty(await ActionsAsync(rig, """{"diagnostics":[],"triggerKind":2}""", "1:0-1:0"));
        Assert.NotEmpty(await ActionsAsync(rig, """{"diagnostics":[],"triggerKind":1}""", "1:0-1:0"));
        Assert.NotEmpty(await ActionsAsync(rig, """{"diagnostics":[],"triggerKind":2}""", "0:0-1:0"));
    }

    [Theory]
    [InlineData("quickfix", "Ask Sage: Fix")]
    [InlineData("refactor", "Ask Sage: Rewrite…", "Ask Sage: Document")]
    [InlineData("refactor.rewrite", "Ask Sage: Rewrite…", "Ask Sage: Document")]
    [InlineData("source.organizeImports")]
    [InlineData("quick")]
    public async Task Only_the_kinds_that_were_asked_for_are_offered(string kind, params string[] titles)
    {
        await using var rig = await OpenedAsync();

        var actions = await ActionsAsync(rig, $$"""{"diagnostics":[{{Problem}}],"only":["{{kind}}"]}""");

        Assert.Equal(titles, actions.Select(a => a.GetProperty("title").GetString()));
    }

    [Fact]
    public async Task A_setting_hides_them_as_soon_as_it_changes()
    {
        await using var rig = await OpenedAsync();
        Assert.NotEmpty(await ActionsAsync(rig, Context($"[{Problem}]")));

        rig.Client.Handle("workspace/configuration", _ => JsonNode.Parse("""[{"codeActions":{"enabled":false}}]"""));
        await rig.Client.NotifyAsync("workspace/didChangeConfiguration", """{"settings":null}""");

        Assert.Empty(await ActionsAsync(rig, Context($"[{Problem}]")));
    }

    [Fact]
    public async Task A_chosen_fix_resolves_to_its_lines_and_a_prompt_that_names_the_problem()
    {
        await using var rig = await OpenedAsync();
        var actions = await ActionsAsync(rig, Context($"[{Problem}]"));

        var resolved = await ResolveAsync(rig, actions[0]);

        Assert.Equal("fix", resolved.GetProperty("kind").GetString());
        Assert.Equal(rig.Folder["a.ts"], resolved.GetProperty("path").GetString());
        Assert.Equal(
            (2, 2),
            (resolved.GetProperty("startLine").GetInt32(), resolved.GetProperty("endLine").GetInt32())
        );
        Assert.Equal("  foo();", resolved.GetProperty("text").GetString());
        Assert.Equal(
            "Fix this problem in line 2 of a.ts:\n- line 2: ts error 2304: Cannot find name 'foo'.",
            resolved.GetProperty("prompt").GetString()
        );
    }

    [Fact]
    public async Task A_selection_of_whole_lines_does_not_include_the_line_after_them()
    {
        await using var rig = await OpenedAsync();
        var actions = await ActionsAsync(rig, Context("[]"), "0:0-2:0");

        var explain = await ResolveAsync(rig, actions[0]);
        var rewrite = await ResolveAsync(rig, actions[1]);

        Assert.Equal("function bar() {\n  foo();", explain.GetProperty("text").GetString());
        Assert.Equal("Explain lines 1-2 of a.ts.", explain.GetProperty("prompt").GetString());
        Assert.False(rewrite.TryGetProperty("prompt", out _));
    }

    [Theory]
    [InlineData("Ask Sage: Generate Tests", "Write tests for lines 1-2 of a.ts.")]
    [InlineData("Ask Sage: Document", "Write the documentation comments for lines 1-2 of a.ts,")]
    public async Task Tests_and_documentation_are_asked_for_by_place(string title, string prompt)
    {
        await using var rig = await OpenedAsync();
        var actions = await ActionsAsync(rig, Context("[]"), "0:0-2:0");

        var resolved = await ResolveAsync(rig, actions.Single(a => a.GetProperty("title").GetString() == title));

        Assert.StartsWith(prompt, resolved.GetProperty("prompt").GetString(), StringComparison.Ordinal);
        Assert.Equal("function bar() {\n  foo();", resolved.GetProperty("text").GetString());
    }

    [Fact]
    public async Task An_offer_that_was_forgotten_is_refused_with_what_to_do()
    {
        await using var rig = await OpenedAsync();
        var first = (await ActionsAsync(rig, Context($"[{Problem}]")))[0];
        for (var i = 0; i < 64; i++)
        {
            await ActionsAsync(rig, Context($"[{Problem}]"));
        }

        var (code, message) = await rig.Client.FailAsync("workspace/executeCommand", Resolve(first));

        Assert.Equal(ErrorCodes.InvalidParams, code);
        Assert.Contains("Open the menu again", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"command":"rm"}""", "'command'")]
    [InlineData("""{"command":"sage.internal.resolveCodeAction"}""", "'arguments'")]
    [InlineData("""{"command":"sage.internal.resolveCodeAction","arguments":[1]}""", "'arguments'")]
    public async Task A_command_with_wrong_parameters_is_refused(string parameters, string named)
    {
        await using var rig = await OpenedAsync();

        var (code, message) = await rig.Client.FailAsync("workspace/executeCommand", parameters);

        Assert.Equal(ErrorCodes.InvalidParams, code);
        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    private static async Task<ServerRig> OpenedAsync()
    {
        var rig = await ServerRig.InitializedAsync();
        var path = rig.Folder.Write("a.ts", "");
        await rig.Client.NotifyAsync(
            "textDocument/didOpen",
            $$"""{"textDocument":{"uri":"{{FileUri.FromPath(path)}}","languageId":"typescript","version":1,"text":"function bar() {\n  foo();\n}\n"} }"""
        );
        return rig;
    }

    private static string Context(string diagnostics) => $$"""{"diagnostics":{{diagnostics}}}""";

    private static async Task<List<JsonElement>> ActionsAsync(ServerRig rig, string context, string range = "1:2-1:5")
    {
        var ends = range
            .Split('-')
            .Select(p => p.Split(':'))
            .Select(p => $$"""{"line":{{p[0]}},"character":{{p[1]}}}""");
        var result = await rig.Client.CallAsync(
            "textDocument/codeAction",
            $$"""
            {"textDocument":{"uri":"{{FileUri.FromPath(rig.Folder["a.ts"])}}"},
             "range":{"start":{{ends.First()}},"end":{{ends.Last()}}},"context":{{context}}}
            """
        );
        return [.. result.EnumerateArray()];
    }

    private static string Resolve(JsonElement action)
    {
        var id = action.GetProperty("command").GetProperty("arguments")[0].GetProperty("id").GetString();
        return $$"""{"command":"sage.internal.resolveCodeAction","arguments":["{{id}}"]}""";
    }

    private static Task<JsonElement> ResolveAsync(ServerRig rig, JsonElement action) =>
        rig.Client.CallAsync("workspace/executeCommand", Resolve(action));
}
