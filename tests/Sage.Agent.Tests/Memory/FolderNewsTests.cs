using Microsoft.Extensions.AI;
using Sage.Agent.Memory;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.TestKit.Agents;
using static Sage.TestKit.Agents.ScriptedChatClient;

namespace Sage.Agent.Tests.Memory;

/// <summary>Rules of a folder reach the model with the first result from inside it.</summary>
public sealed class FolderNewsTests : IAsyncDisposable
{
    private const string Told = "\n\n[Rules from src/AGENTS.md, for what is in its folder:]\n\nTabs only.";

    private readonly AgentRig _rig = new();

    public FolderNewsTests()
    {
        _rig.FolderRules.All = [new FolderRules("/w/src/AGENTS.md", "src/AGENTS.md", "Tabs only.")];
        _rig.Tools.Add(
            new FunctionTool(
                "act",
                (input, _, _) =>
                    Task.FromResult(
                        input.TryGetProperty("fails", out _) ? ToolResult.Error("no such file") : ToolResult.Ok("acted")
                    )
            )
            {
                Access = input =>
                    input.TryGetProperty("path", out var path)
                        ? ResourceAccess.Read(path.GetString()!)
                        : ResourceAccess.WritesEverything,
            }
        );
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task They_are_told_once_however_many_calls_touch_the_folder() =>
        Assert.Equal(
            ["acted" + Told, "acted"],
            await ResultsAsync(new { path = "/w/src/a.ts" }, new { path = "/w/src/b.ts" })
        );

    [Fact]
    public async Task What_may_touch_anything_and_what_fails_tells_nothing_yet() =>
        Assert.Equal(
            ["acted", "no such file", "acted" + Told],
            await ResultsAsync(new { }, new { path = "/w/src/a.ts", fails = true }, new { path = "/w/src/a.ts" })
        );

    [Fact]
    public async Task Who_reads_the_file_itself_is_not_told_what_it_says() =>
        Assert.Equal(
            ["acted", "acted"],
            await ResultsAsync(new { path = "/w/src/AGENTS.md" }, new { path = "/w/src/a.ts" })
        );

    [Fact]
    public async Task What_has_changed_is_told_again()
    {
        var session = await _rig.NewSessionAsync();
        await ResultsAsync(session, new { path = "/w/src/a.ts" });
        _rig.FolderRules.All = [new FolderRules("/w/src/AGENTS.md", "src/AGENTS.md", "Blanks only.")];

        var results = await ResultsAsync(session, new { path = "/w/src/a.ts" });

        Assert.EndsWith("Blanks only.", Assert.Single(results), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_shorter_conversation_may_have_lost_is_told_again()
    {
        var session = await _rig.NewSessionAsync();
        await ResultsAsync(session, new { path = "/w/src/a.ts" });
        await ResultsAsync(session);
        _rig.Model.Reply(new TextContent("A summary."));
        Assert.True((await session.CompactAsync(CancellationToken.None)).Compacted);

        Assert.Equal(["acted" + Told], await ResultsAsync(session, new { path = "/w/src/a.ts" }));
    }

    private async Task<List<string>> ResultsAsync(params object[] calls) =>
        await ResultsAsync(await _rig.NewSessionAsync(), calls);

    /// <summary>What each of the calls of one turn, one after another, has as its result.</summary>
    private async Task<List<string>> ResultsAsync(Session session, params object[] calls)
    {
        var before = _rig.Client.Events.Count();
        for (var i = 0; i < calls.Length; i++)
        {
            _rig.Model.Reply(Call($"{before}-{i}", "act", calls[i]));
        }

        _rig.Model.Reply(new TextContent("Done."));
        await AgentRig.RunAsync(session, "go");
        return [.. _rig.Client.Events.Skip(before).OfType<ToolCallEnded>().Select(ended => ended.Text)];
    }
}
