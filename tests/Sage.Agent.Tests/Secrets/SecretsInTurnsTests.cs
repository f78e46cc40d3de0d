using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.Secrets;
using Sage.Protocol.Events;
using Sage.Protocol.Json;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Secrets;

public sealed class SecretsInTurnsTests
{
    private const string Key = "sk-ant-api03-abcdefghijklmnopqrstuvwx";

    [Fact]
    public async Task A_key_in_a_prompt_a_result_or_a_reply_is_in_no_event_and_in_no_later_request()
    {
        await using var rig = new AgentRig();
        rig.Tools.Add(FunctionTool.Answering("look", _ => $"API_KEY={Key}\n"));
        rig.Model.Reply(
            new TextContent("It is sk-ant-"),
            new TextContent(Key["sk-ant-".Length..]),
            new TextContent("."),
            Call("1", "look")
        );
        rig.Model.Reply(
            new TextReasoningContent($"{Key[..9]}"),
            new TextReasoningContent($"{Key[9..]} indeed"),
            new TextContent("Done.")
        );

        await rig.RunAsync($"Use {Key} please");

        var seen = string.Join(
            '\n',
            rig.Client.Envelopes.Select(e => JsonSerializer.Serialize(e, ProtocolJson.Default.EventEnvelope))
        );
        Assert.DoesNotContain(Key["sk-ant-api03-".Length..], seen, StringComparison.Ordinal);
        Assert.Equal($"It is {SecretRedaction.Mask}.", rig.Client.Of<ReplyEnded>().First().Text);
        Assert.Equal($"API_KEY={SecretRedaction.Mask}\n", Assert.Single(rig.Client.Of<ToolCallEnded>()).Text);
        Assert.Contains("key in your prompt", Assert.Single(rig.Client.Of<Notice>()).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            rig.Model.Requests.SelectMany(request => request).SelectMany(message => message.Contents),
            content => content.ToString()?.Contains(Key, StringComparison.Ordinal) == true
        );
    }

    [Fact]
    public async Task What_streams_is_what_is_recorded()
    {
        await using var rig = new AgentRig();
        rig.Model.Reply([.. $"a {Key} b s".Select(letter => new TextContent($"{letter}"))]);

        await rig.RunAsync("go");

        var text = Assert.Single(rig.Client.Of<ReplyEnded>()).Text;
        Assert.Equal($"a {SecretRedaction.Mask} b s", text);
        Assert.Equal(text, string.Concat(rig.Client.Of<TextDelta>().Select(delta => delta.Text)));
    }

    [Fact]
    public async Task A_call_that_would_write_the_mask_in_place_of_the_secret_does_not_run()
    {
        await using var rig = new AgentRig();
        var runs = 0;
        rig.Tools.Add(FunctionTool.Answering("write", _ => $"{++runs}"));
        rig.Model.Reply(Call("1", "write", new { text = $"KEY={SecretRedaction.Mask}" }));

        await rig.RunAsync("go");

        Assert.Equal(0, runs);
        var result = Assert.Single(rig.Client.Of<ToolCallEnded>());
        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains("stands for a value that is not shown to you", result.Text, StringComparison.Ordinal);
    }
}
