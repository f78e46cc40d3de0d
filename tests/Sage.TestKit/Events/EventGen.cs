using System.Text.Json;
using CsCheck;
using Sage.Protocol.Events;
using Sage.Protocol.Hooks;
using Sage.Protocol.Permissions;
using Sage.Protocol.Plans;
using Sage.Protocol.Turns;

namespace Sage.TestKit.Events;

/// <summary>
/// Random durable events in any order, also in orders that no session writes: a fold has to survive what a crash and a full disk
/// leave. Few ids, so that events often speak of the same thing.
/// </summary>
public static class EventGen
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 9, 41, 7, 250, TimeSpan.Zero);
    private static readonly Gen<string> Id = Gen.Int[1, 6].Select(number => $"{number}");
    private static readonly Gen<string> Words = Gen.OneOf(
        Gen.String[Gen.Char["ab \"\\{}é\n<&"], 0, 30],
        Gen.Int[401, 900].Select(length => new string('x', length))
    );

    private static readonly Gen<DurableEvent> Event = Gen.Frequency(
        (3, Gen.Select(Id, Words, Turn)),
        (4, Gen.Select(Id, Words, Reply)),
        (5, Gen.Select(Id, Id, Words, Call)),
        (5, Gen.Select(Id, Words, Gen.Bool, Result)),
        (3, Id.Select(id => (DurableEvent)new TurnEnded($"t{id}", TurnOutcome.Completed, new TokenUsage(10, 2)))),
        (1, Id.Select(id => (DurableEvent)new TurnEnded($"t{id}", TurnOutcome.Interrupted, TokenUsage.Zero))),
        (2, Gen.Select(Id, Gen.Int[0, 5], Words, Prompt)),
        (1, Id.Array[1, 3].Select(ids => (DurableEvent)new QueueReordered([.. ids.Distinct()]))),
        (1, Gen.Select(Gen.Int[0, 4], Gen.Bool, Words, Shorter)),
        (1, Gen.Select(Id, Id, FileEvent)),
        (1, Gen.Select(Id, Words, Other)),
        (1, Gen.Select(Id, Gen.Bool, Permission)),
        (1, Gen.Select(Id, Gen.Bool, Background)),
        (2, Gen.Select(Id, Gen.Bool, Words, Hook))
    );

    /// <summary>A whole journal; the first is always the start of a session.</summary>
    public static Gen<EventEnvelope[]> Journal { get; } =
        Event
            .Array[0, 60]
            .Select(events =>
                events
                    .Prepend(new SessionCreated(SessionCreated.CurrentVersion, "/home/ada/shop"))
                    .Select((happened, index) => new EventEnvelope("s1", happened, index + 1, At.AddSeconds(index)))
                    .ToArray()
            );

    private static DurableEvent Turn(string id, string words) =>
        new TurnStarted(
            $"t{id}",
            words,
            PermissionMode.Plan,
            "demo/demo",
            [new ImagePart("image/png", "iVBORw0KGgo=")],
            id
        );

    private static DurableEvent Reply(string id, string words) =>
        new ReplyEnded($"r{id}", StopReason.ToolCalls, words, [new ReasoningBlock(words, "c2lnbmVk")]);

    private static DurableEvent Call(string id, string reply, string words) =>
        new ToolCallStarted(
            $"c{id}",
            $"r{reply}",
            words.Length > 20 ? "run_command" : "read_file",
            words,
            JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["path"] = words })
        );

    private static DurableEvent Result(string id, string words, bool hasImage) =>
        new ToolCallEnded(
            $"c{id}",
            hasImage ? ToolCallStatus.Ok : ToolCallStatus.Error,
            words,
            3,
            hasImage ? [new ImagePart("image/png", "iVBORw0KGgo=")] : null,
            words.Length % 3 == 0 ? $"https://example.com/{id}" : null
        );

    private static DurableEvent Prompt(string id, int kind, string words) =>
        new Steer(
            id,
            (SteerState)(kind % 3),
            kind > 2 ? SteerKind.Queue : SteerKind.Steer,
            kind % 3 == (int)SteerState.Dropped ? null : [new TextPart(words)]
        );

    private static DurableEvent Shorter(int kept, bool summarised, string words) =>
        new Compacted(
            kept,
            CompactionReason.Full,
            100,
            10,
            summarised ? words : null,
            new TokenUsage(9, 1, Cost: 0.25m)
        );

    private static DurableEvent FileEvent(string id, string call) =>
        call switch
        {
            "1" => new HunksKept([new KeptFile($"f{id}", new FileImage("aa", 2), new FileImage("bb", 3))]),
            "2" => new FilesRestored(
                $"x{id}",
                RestoreKind.Undone,
                [
                    new RestoredFile(
                        $"f{id}",
                        FileChangeKind.Modified,
                        [],
                        new FileImage("aa", 2),
                        new FileImage("bb", 3)
                    ),
                ],
                Undoes: id == "3" ? "x1" : null
            ),
            _ => new FileChanged($"c{call}", $"f{id}", FileChangeKind.Created, [], After: new FileImage("aa", 2)),
        };

    private static DurableEvent Other(string id, string words) =>
        id switch
        {
            "1" => new Notice(words),
            "2" => new ModelChosen($"m/{words.Length}"),
            "3" => new SessionTitled(words, new TokenUsage(1, 1, Cost: 0.5m), TitledBy.User),
            "4" => new SessionTitled(words),
            "5" => new PlanUpdated([new PlanItem(words, PlanItemStatus.InProgress)]),
            _ => new UsageReported("r1", new TokenUsage(100, 20, Cost: 0.125m)),
        };

    private static DurableEvent Permission(string id, bool isAnswer) =>
        (id, isAnswer) switch
        {
            ("3", true) => new PlanAnswered($"c{id}", PlanDecision.Accept, PermissionMode.AutoEdit),
            ("3", false) => new PlanProposed($"c{id}", $"1. step {id}"),
            _ => PermissionOfCall(id, isAnswer),
        };

    private static DurableEvent PermissionOfCall(string id, bool isAnswer) =>
        isAnswer
            ? new PermissionAnswered($"c{id}", PermissionDecision.Allow, GrantScope.Session, $"rule({id})")
            : new PermissionAsked($"c{id}", $"rule({id})", id == "2" ? "https://example.com/2" : null);

    private static DurableEvent Hook(string id, bool isOfCall, string words) =>
        new HookRan(
            id is "1" or "2" ? HookMoment.UserPromptSubmit : HookMoment.Stop,
            "check.sh",
            ".sage/settings.json",
            id switch
            {
                "1" => HookEffect.Denied,
                "3" => HookEffect.Continued,
                "4" => HookEffect.Failed,
                _ => HookEffect.Added,
            },
            words,
            isOfCall ? $"c{id}" : null,
            SteerId: id == "1" && words.Length % 2 == 0 ? id : null
        );

    private static DurableEvent Background(string id, bool isEnd) =>
        isEnd
            ? new BackgroundEnded($"b{id}", BackgroundEndHow.Exited, 5, 0)
            : new BackgroundStarted($"b{id}", $"c{id}", "npm run dev");
}
