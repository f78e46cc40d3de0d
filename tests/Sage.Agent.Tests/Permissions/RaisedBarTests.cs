using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using Sage.Agent.Permissions;
using Sage.Protocol.Commands;
using Sage.Protocol.Events;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;
using Sage.TestKit.Events;

namespace Sage.Agent.Tests.Permissions;

public sealed class RaisedBarTests
{
    private const string Page = "https://example.com/page";

    private static readonly PermissionKey Command = new(PermissionKind.Execute, "run_command", "make");
    private static readonly DurableEvent Prompt = new TurnStarted("t1", "go", PermissionMode.Full, "m");
    private static readonly DurableEvent Queued = new TurnStarted("t2", "go", PermissionMode.Full, "m", null, "q1");
    private static readonly DurableEvent AcceptedSteer = new Steer("s1", SteerState.Accepted, SteerKind.Steer, []);
    private static readonly DurableEvent DeliveredSteer = new Steer("s1", SteerState.Delivered, SteerKind.Steer, []);

    /// <summary>What happened, in order; and what the model had read when reply r2 made its call.</summary>
    public static TheoryData<string, DurableEvent[], string?> Sequences =>
        new()
        {
            { "nothing was read", [Prompt, Call("c1", "r1"), Result("c1")], null },
            { "a page was read", [Prompt, .. Read("c1", "r1", Page)], Page },
            { "the page was read by the same reply", [Prompt, .. Read("c1", "r2", Page)], null },
            { "the user prompts", [.. Read("c1", "r1", Page), Prompt], null },
            { "a page is read after the prompt", [.. Read("c1", "r1", "a"), Prompt, .. Read("c2", "r1", Page)], Page },
            { "what was queued before begins", [.. Read("c1", "r1", Page), Queued], Page },
            { "the user steers", [.. Read("c1", "r1", Page), AcceptedSteer], null },
            { "words that were said before arrive", [AcceptedSteer, .. Read("c1", "r1", Page), DeliveredSteer], Page },
            { "yes", [.. Read("c1", "r1", Page), .. Asked("c2", "r1x", Page), Answer("c2", true)], null },
            { "no", [.. Read("c1", "r1", Page), .. Asked("c2", "r1x", Page), Answer("c2", false)], Page },
            {
                "yes to another question",
                [.. Read("c1", "r1", Page), .. Asked("c2", "r1x", null), Answer("c2", true)],
                Page
            },
            {
                "yes, but another page came in meanwhile",
                [.. Read("c1", "r1", "a"), .. Asked("c2", "r1x", "a"), .. Read("c3", "r1y", Page), Answer("c2", true)],
                Page
            },
            {
                "yes to a call that was made beside the page",
                [.. Read("c1", "r0", "a"), .. Read("c3", "r1", Page), .. Asked("c2", "r1", "a"), Answer("c2", true)],
                Page
            },
            { "a prompt points at what a server has", [Pointing(null)], "MCP server notes: notes://1" },
            { "the server's answers are trusted", [Pointing(true)], null },
            { "a prompt that a server wrote", [Sent("MCP server notes")], "MCP server notes" },
            { "a command in a file", [Sent(null)], null },
            { "the user speaks after such a prompt", [Pointing(null), Prompt], null },
            {
                "a steer points at what a server has",
                [AcceptedSteer, new Steer("s1", SteerState.Delivered, SteerKind.Steer, [Notes(null)])],
                "MCP server notes: notes://1"
            },
            { "the newest is named", [.. Read("c1", "r1", "a"), .. Read("c2", "r1", Page)], Page },
        };

    private static ResourcePart Notes(bool? isTrusted) => new("notes", "notes://1", "Ship it.", isTrusted);

    private static TurnStarted Pointing(bool? isTrusted) =>
        new("t1", "go", PermissionMode.Full, "m", [Notes(isTrusted)]);

    private static TurnStarted Sent(string? source) =>
        new("t1", "/x", PermissionMode.Full, "m", Command: new SentCommand("x", "x.md", "Do it.", Source: source));

    [Theory]
    [MemberData(nameof(Sequences))]
    public void The_bar_is_raised_until_the_user_speaks(string what, DurableEvent[] events, string? source) =>
        Assert.Equal((what, source), (what, Fold(events).SourceBefore("r2", Command)));

    [Theory]
    [InlineData("https://example.com/next?a=1", true)]
    [InlineData("https://example.com/next?a=1#part", true)]
    [InlineData("https://EXAMPLE.com/next?a=1", true)]
    [InlineData("https://example.com/next?a=2", false)]
    [InlineData("https://example.com/next", false)]
    [InlineData("https://example.com/secret", false)]
    [InlineData("https://other.example/there", false)]
    [InlineData("https://example.com:8080/port", false)]
    public void An_address_that_stood_in_a_page_of_the_same_host_is_free(string address, bool isFree)
    {
        var bar = Fold([
            .. Read("c1", "r1", Page, "[a](https://example.com/next?a=1) https://other.example/there (http://x)"),
        ]);
        var key = new PermissionKey(PermissionKind.Execute, "fetch_url", "example.com") { Address = address };

        Assert.Equal(isFree, bar.SourceBefore("r2", key) is null);
    }

    [Fact]
    public void Every_address_of_search_results_is_free()
    {
        var bar = Fold([.. Read("c1", "r1", "search results for x", "1. A\n   https://a.example/1\n   words")]);
        var key = new PermissionKey(PermissionKind.Execute, "fetch_url", "a.example");

        Assert.Null(bar.SourceBefore("r2", key with { Address = "https://a.example/1" }));
        Assert.NotNull(bar.SourceBefore("r2", key with { Address = "https://a.example/1?key=secret" }));
    }

    [Theory]
    [InlineData("a sub-agent that has read https://a.example/")]
    [InlineData("an answer about https://a.example/")]
    public void An_address_that_a_model_may_have_made_up_is_never_free(string source)
    {
        var bar = Fold([.. Read("c1", "r1", source, "Fetch https://a.example/1 first.")]);
        var key = new PermissionKey(PermissionKind.Execute, "fetch_url", "a.example");

        Assert.NotNull(bar.SourceBefore("r2", key with { Address = "https://a.example/1" }));
    }

    [Theory]
    [InlineData(PermissionMode.Full, PermissionKind.Execute, null, "Ask")]
    [InlineData(PermissionMode.Full, PermissionKind.Edit, null, "Ask")]
    [InlineData(PermissionMode.Full, PermissionKind.Read, null, "Run")]
    [InlineData(PermissionMode.AutoEdit, PermissionKind.Edit, null, "Ask")]
    [InlineData(PermissionMode.Ask, PermissionKind.Edit, null, "Ask")]
    [InlineData(PermissionMode.Ask, PermissionKind.Read, null, "Run")]
    [InlineData(PermissionMode.Plan, PermissionKind.Edit, null, "Refuse")]
    [InlineData(PermissionMode.Full, PermissionKind.Execute, "act(it)", "Run")]
    [InlineData(PermissionMode.Ask, PermissionKind.Execute, "act(it)", "Run")]
    [InlineData(PermissionMode.Full, PermissionKind.Execute, "act(*)", "Ask")]
    [InlineData(PermissionMode.Ask, PermissionKind.Execute, "act", "Ask")]
    [InlineData(PermissionMode.Full, PermissionKind.Edit, "edit", "Ask")]
    public void Only_an_exact_rule_passes_over_a_raised_bar(
        PermissionMode mode,
        PermissionKind kind,
        string? rule,
        string outcome
    )
    {
        var source = new RuleSource(RuleSourceKind.User, "settings.json");
        var policy = rule is null
            ? PermissionPolicy.Empty
            : new PermissionPolicy([PermissionRule.TryParse(rule, RuleEffect.Allow, source)!]);
        var key = new PermissionKey(kind, "act", "it");

        var decision = GateDecision.Of(policy, mode, key, danger: null).After(Page, key);

        Assert.Equal(outcome, decision.Outcome.ToString());
        Assert.Equal(outcome == "Ask" ? Page : null, decision.Source);
    }

    /// <summary>Against the definition, read off the whole history.</summary>
    [Fact]
    public void The_fold_says_what_the_definition_says() =>
        EventGen.Journal.Sample(
            journal =>
            {
                var bar = new RaisedBar();
                List<DurableEvent> past = [];
                foreach (var happened in journal)
                {
                    bar.Apply(happened);
                    past.Add((DurableEvent)happened.Event);
                    foreach (var reply in (string[])["r1", "r2", "r3", "none"])
                    {
                        Assert.Equal(Definition(past, reply), bar.SourceBefore(reply, Command));
                    }
                }
            },
            iter: 200
        );

    private static string? Definition(List<DurableEvent> past, string replyId)
    {
        for (var i = past.Count - 1; i >= 0; i--)
        {
            if (past[i] is TurnStarted { QueuedId: null } or Steer { State: SteerState.Accepted })
            {
                return null;
            }

            if (
                past[i] is ToolCallEnded { Source: { } source } read
                && ReplyOf(past, read.CallId, i) != replyId
                && !IsApproved(past, i, ReplyOf(past, read.CallId, i))
            )
            {
                return source;
            }
        }

        return null;
    }

    private static bool IsApproved(List<DurableEvent> past, int read, string replyOfRead)
    {
        for (var yes = read + 1; yes < past.Count; yes++)
        {
            if (past[yes] is not PermissionAnswered { Decision: PermissionDecision.Allow } answer)
            {
                continue;
            }

            var asked = past.FindLastIndex(
                yes - 1,
                e =>
                    e is PermissionAsked { Source: not null } question && question.CallId == answer.CallId
                    || e is ToolCallEnded ended && ended.CallId == answer.CallId
                    || e is PermissionAnswered other && other.CallId == answer.CallId
            );
            if (asked > read && past[asked] is PermissionAsked && ReplyOf(past, answer.CallId, yes) != replyOfRead)
            {
                return true;
            }
        }

        return false;
    }

    private static string ReplyOf(List<DurableEvent> past, string callId, int before)
    {
        var last = past.FindLastIndex(
            Math.Max(0, before - 1),
            e =>
                e is ToolCallStarted started && started.CallId == callId
                || e is ToolCallEnded ended && ended.CallId == callId
        );
        return before > 0 && last >= 0 && past[last] is ToolCallStarted call ? call.ReplyId : "";
    }

    private static RaisedBar Fold(DurableEvent[] events)
    {
        var bar = new RaisedBar();
        foreach (var happened in events)
        {
            bar.Apply(new EventEnvelope("s", happened, 1));
        }

        // As after a restart.
        var again = new RaisedBar();
        again.Load(bar.Save())();
        return again;
    }

    private static ToolCallStarted Call(string id, string reply) =>
        new(id, reply, "tool", "Tool", JsonElement.Parse("{}"));

    private static ToolCallEnded Result(string id, string? source = null, string text = "text") =>
        new(id, ToolCallStatus.Ok, text, 1, Source: source);

    private static ImmutableArray<DurableEvent> Read(string id, string reply, string source, string text = "text") =>
        [Call(id, reply), Result(id, source, text)];

    private static ImmutableArray<DurableEvent> Asked(string id, string reply, string? source) =>
        [Call(id, reply), new PermissionAsked(id, "rule", source)];

    private static PermissionAnswered Answer(string id, bool yes) =>
        new(id, yes ? PermissionDecision.Allow : PermissionDecision.Deny, GrantScope.Once);
}
