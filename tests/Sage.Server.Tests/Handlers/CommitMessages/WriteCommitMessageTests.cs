using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Protocol;
using Sage.Protocol.Turns;
using Sage.Server.Tests.Fakes;

namespace Sage.Server.Tests.Handlers.CommitMessages;

public sealed class WriteCommitMessageTests
{
    private const string Method = "sage/commitMessage/write";
    private const string Diff = "diff --git a/cart.ts b/cart.ts\n@@ -1 +1 @@\n-let a;\n+const a = 1;\n";

    [Fact]
    public async Task The_model_reads_the_changes_and_the_latest_messages_and_is_offered_no_tools()
    {
        await using var rig = await ServerRig.InitializedAsync();
        rig.Models.Client.Reply(new TextContent("fix: keep the "), new TextContent("cart constant\n"));

        var result = await rig.Client.CallAsync(Method, Request(recent: ["fix: round prices", "feat: a cart"]));

        Assert.Equal("fix: keep the cart constant", result.GetProperty("text").GetString());
        Assert.False(result.TryGetProperty("error", out _));
        var sent = rig.Models.Client.Requests[0][^1].Text;
        Assert.Contains(
            "<recent_messages>\nfix: round prices\n---\nfeat: a cart\n</recent_messages>",
            sent,
            StringComparison.Ordinal
        );
        Assert.Contains("<changes>\ndiff --git a/cart.ts", sent, StringComparison.Ordinal);
        Assert.Empty(rig.Models.Client.Offers[0]);
    }

    [Theory]
    [InlineData("```\nKeep it\n```", "Keep it")]
    [InlineData("```text\r\nKeep it\r\n\r\nBecause.\r\n```", "Keep it\n\nBecause.")]
    [InlineData("\"Keep it\"", "Keep it")]
    [InlineData("`Keep` and `hold`\n\nBoth.", "`Keep` and `hold`\n\nBoth.")]
    public async Task What_models_put_around_a_message_is_taken_away(string answer, string message)
    {
        await using var rig = await ServerRig.InitializedAsync();
        rig.Models.Client.Reply(new TextContent(answer));

        var result = await rig.Client.CallAsync(Method, Request());

        Assert.Equal(message, result.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("fix:", "fix: keep it", "fix: keep it")]
    [InlineData("  Fix:  ", "fix: keep it", "Fix: keep it")]
    [InlineData("#12", "Keep it", "#12 Keep it")]
    public async Task A_message_begins_with_what_the_user_has_written(string start, string answer, string message)
    {
        await using var rig = await ServerRig.InitializedAsync();
        rig.Models.Client.Reply(new TextContent(answer));

        var result = await rig.Client.CallAsync(Method, Request(start: start));

        Assert.Equal(message, result.GetProperty("text").GetString());
        Assert.EndsWith(
            $"beginning:\n{start.Trim()}",
            rig.Models.Client.Requests[0][^1].Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Secrets_in_the_changes_are_not_sent()
    {
        await using var rig = await ServerRig.InitializedAsync();
        const string key = "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH";

        await rig.Client.CallAsync(Method, Request(changes: Diff + $"+const key = '{key}';\n"));

        var sent = rig.Models.Client.Requests[0][^1].Text;
        Assert.DoesNotContain(key, sent, StringComparison.Ordinal);
        Assert.Contains("[secret hidden by Sage]", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_fails_is_reported()
    {
        await using var rig = await ServerRig.InitializedAsync();
        rig.Models.Client.Reply(_ => FailingAsync());

        var result = await rig.Client.CallAsync(Method, Request());

        Assert.Equal("", result.GetProperty("text").GetString());
        Assert.Equal(TurnErrorCodes.Network, result.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Without_changes_there_is_nothing_to_say()
    {
        await using var rig = await ServerRig.InitializedAsync();

        var (code, message) = await rig.Client.FailAsync(Method, Request(changes: " \n"));

        Assert.Equal(ErrorCodes.InvalidParams, code);
        Assert.Contains("nothing to commit", message, StringComparison.Ordinal);
        Assert.Empty(rig.Models.Client.Requests);
    }

    [Fact]
    public async Task A_message_that_is_cancelled_stops_the_model()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var asked = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        rig.Models.Client.Reply(token => WaitingAsync(asked, stopped, token));
        var (id, answer) = await rig.Client.SendRequestAsync(Method, Request());
        await asked.Task;

        await rig.Client.NotifyAsync("$/cancelRequest", $$"""{"id":"{{id}}"}""");

        Assert.Equal(ErrorCodes.RequestCancelled, (await answer).GetProperty("error").GetProperty("code").GetInt32());
        await stopped.Task;
    }

    private static string Request(string changes = Diff, string[]? recent = null, string? start = null) =>
        JsonSerializer.Serialize(
            new
            {
                changes,
                recent,
                start,
            }
        );

    private static async IAsyncEnumerable<ChatResponseUpdate> FailingAsync()
    {
        await Task.Yield();
        yield return new ChatResponseUpdate(ChatRole.Assistant, "half");
        throw new ModelException(TurnErrorCodes.Network, "The connection broke.", retryable: true);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> WaitingAsync(
        TaskCompletionSource asked,
        TaskCompletionSource stopped,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        asked.SetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            stopped.SetResult();
        }

        yield break;
    }
}
