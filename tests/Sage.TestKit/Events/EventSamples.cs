using System.Collections.Immutable;
using System.Text.Json;
using Sage.Protocol.Commands;
using Sage.Protocol.EditorKnowledge;
using Sage.Protocol.Events;
using Sage.Protocol.Hooks;
using Sage.Protocol.Permissions;
using Sage.Protocol.Plans;
using Sage.Protocol.Runtime;
using Sage.Protocol.Turns;

namespace Sage.TestKit.Events;

/// <summary>One event of each type, every member filled, the way a session would write it.</summary>
public static class EventSamples
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 9, 41, 7, 250, TimeSpan.Zero);

    /// <summary>By discriminator.</summary>
    public static ImmutableSortedDictionary<string, SessionEvent> All { get; } =
        new Dictionary<string, SessionEvent>
        {
            ["sessionCreated"] = new SessionCreated(2, "/home/ada/shop", new ForkOrigin("s0", 41)),
            ["turnStarted"] = new TurnStarted(
                "t1",
                "Why does the cart lose items?",
                PermissionMode.AutoEdit,
                "anthropic/claude",
                [
                    new SelectionPart("src/cart.ts", 3, 4, "let items = [];\nexport { items };"),
                    new FilePart("README.md"),
                    new ImagePart("image/png", "iVBORw0KGgo="),
                    new TextPart("It started yesterday."),
                ],
                "p1",
                new SentCommand("why", ".sage/commands/why.md", "Why does the cart lose items?", PermissionMode.Full)
                {
                    Lines = [new ShellLine("t1_1", "git status --short", "\nLook at these.")],
                }
            ),
            ["modelAsked"] = new ModelAsked("c4", "anthropic/claude-small", new TokenUsage(21_000, 180)),
            ["steer"] = new Steer("p2", SteerState.Delivered, SteerKind.Steer, [new TextPart("Keep the old tests.")]),
            ["queueReordered"] = new QueueReordered(["p4", "p3"]),
            ["compacted"] = new Compacted(
                3,
                CompactionReason.Full,
                150_000,
                21_000,
                "The cart loses items because the list is made anew.",
                new TokenUsage(140_000, 900)
            ),
            ["diagnosticsArrived"] = new DiagnosticsArrived(
                [
                    new EditorDiagnostic(
                        "src/cart.ts",
                        3,
                        EditorSeverity.Error,
                        "Type 'string' is not assignable to type 'number'.",
                        "ts",
                        "2322"
                    ),
                ],
                2
            ),
            ["compacting"] = new Compacting(CompactionReason.Overflow),
            ["replyEnded"] = new ReplyEnded(
                "r1",
                StopReason.ToolCalls,
                "The list is made anew — let me look.",
                [new ReasoningBlock("A module-level array…", "c2lnbmVk")]
            ),
            ["toolCallStarted"] = new ToolCallStarted(
                "c1",
                "r1",
                "read_file",
                "Read src/cart.ts",
                JsonElement.Parse("""{ "path": "src/cart.ts", "start_line": 1 }""")
            ),
            ["toolCallEnded"] = new ToolCallEnded(
                "c1",
                ToolCallStatus.TimedOut,
                "1\tlet items = [];",
                12,
                [new ImagePart("image/png", "iVBORw0KGgo=")],
                "https://example.com/cart"
            ),
            ["permissionAsked"] = new PermissionAsked("c2", "run_command(npm test)", "https://example.com/cart"),
            ["permissionAnswered"] = new PermissionAnswered(
                "c2",
                PermissionDecision.Allow,
                GrantScope.Session,
                "run_command(npm test)"
            ),
            ["planProposed"] = new PlanProposed("c6", "## Types\n\n1. Find the cause\n2. Fix it"),
            ["planAnswered"] = new PlanAnswered(
                "c6",
                PlanDecision.Accept,
                PermissionMode.AutoEdit,
                "## Types\n\n1. Fix it",
                [new PlanComment(3, "1. Find the cause", "It is known.")],
                "Be quick."
            ),
            ["planUpdated"] = new PlanUpdated([
                new PlanItem("Find the cause", PlanItemStatus.Completed),
                new PlanItem("Fix it", PlanItemStatus.InProgress),
                new PlanItem("Run the tests", PlanItemStatus.Pending),
            ]),
            ["fileChanged"] = new FileChanged(
                "c3",
                "src/cart.ts",
                FileChangeKind.Modified,
                [new Hunk(3, 1, 3, 2, ["-let items = [];", "+const items: Item[] = [];", "+", " export { items };"])],
                new FileImage("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", 412, 420),
                new FileImage("60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752", 431, 420)
            ),
            ["hunksKept"] = new HunksKept([
                new KeptFile(
                    "src/cart.ts",
                    new FileImage("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", 412, 420),
                    new FileImage("60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752", 431, 420)
                ),
            ]),
            ["filesRestored"] = new FilesRestored(
                "u1",
                RestoreKind.Undone,
                [
                    new RestoredFile(
                        "src/cart.ts",
                        FileChangeKind.Modified,
                        [new Hunk(3, 2, 3, 1, ["-const items: Item[] = [];", "-", "+let items = [];"])],
                        new FileImage("60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752", 431, 420),
                        new FileImage("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", 412, 420)
                    ),
                ],
                "t1",
                Reason: "The list must stay untyped."
            ),
            ["usage"] = new UsageReported("r1", new TokenUsage(1200, 340, 1000, 90, 100, 0.0051m)),
            ["sessionTitled"] = new SessionTitled("Tabs instead of spaces", new TokenUsage(300, 8), TitledBy.Model),
            ["modelChosen"] = new ModelChosen("anthropic/claude-sonnet-5-5"),
            ["notice"] = new Notice("The provider was slow; the request was sent again."),
            ["turnEnded"] = new TurnEnded(
                "t1",
                TurnOutcome.Failed,
                new TokenUsage(1200, 340, 1000, 90),
                new TurnError(TurnErrorCodes.Overloaded, "The provider is overloaded. Try again later.", true),
                [
                    new StoppedWork(
                        "run_command: npm test",
                        "cancelled",
                        44,
                        [new StoppedWork("node (process 4711)", "ended by SIGTERM", 41)]
                    ),
                ]
            ),
            ["backgroundStarted"] = new BackgroundStarted("b1", "c4", "npm run dev"),
            ["backgroundEnded"] = new BackgroundEnded("b1", BackgroundEndHow.Exited, 65_120, 1),
            ["subagent"] = new SubagentEvent(
                "c5",
                new ReplyEnded("r1", StopReason.EndTurn, "It is parsed in src/cart.ts:12.")
            ),
            ["subagentDelta"] = new SubagentDelta("c5", "r1", 12, "src/cart.ts"),
            ["hookRan"] = new HookRan(
                HookMoment.PreToolUse,
                ".sage/hooks/no-deletes.sh",
                ".sage/settings.json",
                HookEffect.Changed,
                "Tests run without the network.",
                "c2",
                JsonElement.Parse("""{ "command": "npm test --offline" }"""),
                "p2"
            ),
            ["textDelta"] = new TextDelta("r1", 0, "The list "),
            ["reasoningDelta"] = new ReasoningDelta("r1", 12, "array…"),
            ["toolCallDelta"] = new ToolCallDelta("c1", "read_file", "{\"path\":\"src"),
            ["toolOutput"] = new ToolOutput("c2", 4096, "> shop@1.0.0 test\n"),
            ["toolCallSettled"] = new ToolCallSettled("c2", ToolCallStatus.Ok, 1830),
            ["stopping"] = new Stopping([
                new RunningWork(7, WorkKind.ToolCall, "run_command: npm test", WorkState.Stopping, 5120, 3, "s1", "c2"),
                new RunningWork(8, WorkKind.Process, "npm test", WorkState.Stopping, 5104, 7, "s1", null, 4711),
            ]),
            ["workStopped"] = new WorkStopped("run_command: npm test", "cancelled", 44, 7, 3),
            ["backgroundOutput"] = new BackgroundOutput("b1", 128, "ready in 312 ms\n"),
            ["retrying"] = new Retrying(1, 750, "The provider is overloaded (529)"),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>As it crosses the wire.</summary>
    public static EventEnvelope Envelope(SessionEvent sample) =>
        sample is DurableEvent ? new EventEnvelope("s1", sample, 7, At) : new EventEnvelope("s1", sample);
}
