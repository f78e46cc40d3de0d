using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Sage.Agent.Context.Compaction;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.Hooks;
using Sage.Agent.Sessions.State;
using Sage.Protocol.Events;
using Sage.Protocol.Hooks;
using Sage.Protocol.Permissions;
using Sage.Protocol.Sessions;
using Sage.Protocol.Turns;

namespace Sage.Agent.Context;

/// <summary>
/// The fold of a session's durable events into what a model reads. Whatever the events are — cut off, crashed, cancelled —
/// the messages are valid for every wire format: each call has exactly one answer, right behind the reply that made it.
/// </summary>
internal sealed partial class Conversation : IFold
{
    private readonly List<Passage> _passages = [];
    private readonly HashSet<string> _callIds = new(StringComparer.Ordinal);

    // Of the replies that are still in the conversation.
    private readonly Dictionary<string, Reply> _replyOfCall = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _background = new(StringComparer.Ordinal);
    private readonly HashSet<string> _grantedRules = new(StringComparer.Ordinal);
    private readonly WorkFacts _facts = new();
    private Reply? _open;
    private CommandPrompt? _command;
    private bool _interrupted;

    /// <summary>The mode of the last turn.</summary>
    public PermissionMode LastMode { get; private set; } = PermissionMode.Ask;

    /// <summary>How many turns were started.</summary>
    public int Turns { get; private set; }

    /// <summary>How many replies the model made.</summary>
    public int Replies { get; private set; }

    /// <summary>How often it was made shorter since it was opened.</summary>
    public int Compactions { get; private set; }

    /// <summary>The model that was chosen for this session; null leaves it to what is chosen for all.</summary>
    public string? ChosenModel { get; private set; }

    /// <summary>How many sub-agents were started.</summary>
    public int Subagents { get; private set; }

    /// <summary>US dollars of all requests whose price was known.</summary>
    public decimal Cost { get; private set; }

    /// <summary>How many background tasks were started.</summary>
    public int BackgroundTasks => _background.Count;

    /// <summary>The rules the user granted for the whole session.</summary>
    public IReadOnlyCollection<string> GrantedRules => _grantedRules;

    /// <summary>What the model said last.</summary>
    public string LastWords
    {
        get
        {
            lock (_passages)
            {
                return _passages.OfType<Reply>().LastOrDefault()?.Words ?? "";
            }
        }
    }

    /// <summary>Every call id that was ever used.</summary>
    public bool HasCall(string callId) => _callIds.Contains(callId);

    /// <summary>What the user said beside the running turn and no model has read yet.</summary>
    public WaitingPrompts Waiting { get; private set; } = WaitingPrompts.None;

    public string Part => "conversation/1";

    public void Apply(EventEnvelope happened) => Apply((DurableEvent)happened.Event);

    public void Apply(DurableEvent happened)
    {
        lock (_passages)
        {
            Waiting = Waiting.After(happened);
            Fold(happened);
        }
    }

    /// <summary>The whole conversation, as messages. Background tasks may end while they are put together.</summary>
    public IEnumerable<ChatMessage> Messages()
    {
        lock (_passages)
        {
            return [.. _passages.SelectMany(passage => passage.Messages())];
        }
    }

    /// <summary>How much of a request it takes.</summary>
    public long Characters
    {
        get
        {
            lock (_passages)
            {
                return _passages.Sum(passage => passage.Characters);
            }
        }
    }

    /// <summary>How much of a request each kind of words takes, in characters.</summary>
    public IReadOnlyDictionary<ContextPartKind, long> Sizes()
    {
        lock (_passages)
        {
            return _passages
                .SelectMany(passage => passage.Messages().Select(message => (Kind: KindOf(passage, message), message)))
                .GroupBy(sized => sized.Kind)
                .ToDictionary(kind => kind.Key, kind => MessageSize.Of(kind.Select(sized => sized.message)));
        }
    }

    private static ContextPartKind KindOf(Passage passage, ChatMessage message) =>
        passage switch
        {
            Summary => ContextPartKind.Summary,
            Reply when message.Role == ChatRole.Tool => ContextPartKind.ToolResults,
            Reply => ContextPartKind.Replies,
            Prompt or CommandPrompt => ContextPartKind.Prompts,
            _ => ContextPartKind.News,
        };

    /// <summary>
    /// How many passages, counted from the newest, take no more than this; at least the newest that says anything (a reply that
    /// failed does not), unless it is to be none.
    /// </summary>
    public int NewestWithin(long characters)
    {
        lock (_passages)
        {
            var count = 0;
            var sum = 0L;
            while (count < _passages.Count && characters > 0)
            {
                var next = _passages[^(count + 1)].Characters;
                if (sum > 0 && sum + next > characters)
                {
                    break;
                }

                (count, sum) = (count + 1, sum + next);
            }

            return count;
        }
    }

    /// <summary>What would be saved by leaving out long results of all but the newest passages.</summary>
    public long PrunableCharacters(int kept)
    {
        lock (_passages)
        {
            return _passages.SkipLast(kept).Sum(passage => passage.PrunableCharacters);
        }
    }

    /// <summary>What a summary that keeps the newest passages stands for.</summary>
    public IReadOnlyList<ChatMessage> MessagesBefore(int kept)
    {
        lock (_passages)
        {
            return [.. _passages.SkipLast(kept).SelectMany(passage => passage.Messages())];
        }
    }

    /// <summary>How much it takes with this summary instead of all but the newest passages.</summary>
    public long CharactersWith(string summary, int kept)
    {
        lock (_passages)
        {
            return new Summary(summary, _facts.Describe()).Characters
                + _passages.TakeLast(kept).Sum(passage => passage.Characters);
        }
    }

    private void Compact(Compacted compacted)
    {
        var old = Math.Max(0, _passages.Count - compacted.Kept);
        if (compacted.Summary is null)
        {
            _passages.Take(old).ToList().ForEach(passage => passage.Prune());
        }
        else
        {
            Forget(_passages.Take(old));
            _passages.RemoveRange(0, old);
            _passages.Insert(0, new Summary(compacted.Summary, _facts.Describe()));
        }

        _open = null;
        Compactions++;
    }

    // Nobody reads them any more: what a result of theirs says changes nothing.
    private void Forget(IEnumerable<Passage> passages)
    {
        foreach (var reply in passages.OfType<Reply>())
        {
            foreach (var callId in reply.CallIds.Where(id => _replyOfCall.GetValueOrDefault(id) == reply))
            {
                _replyOfCall.Remove(callId);
            }
        }
    }

    /// <summary>What is no part of what the model reads.</summary>
    private void Note(DurableEvent happened)
    {
        switch (happened)
        {
            // Of a sub-agent it reads the result of the call; what it cost and was granted is the session's.
            case SubagentEvent { Event: DurableEvent inside }:
                Subagents += inside is TurnStarted ? 1 : 0;
                Note(inside);
                break;
            case UsageReported { Usage.Cost: { } cost }:
                Cost += cost;
                break;
            case ModelAsked { Usage.Cost: { } cost }:
                Cost += cost;
                break;
            case Compacted { Usage.Cost: { } cost }:
                Cost += cost;
                break;
            case SessionTitled { Usage.Cost: { } cost }:
                Cost += cost;
                break;
            case ModelChosen chosen:
                ChosenModel = chosen.Model;
                break;
            case PlanAnswered { Mode: { } mode }:
                LastMode = mode;
                break;
            case PermissionAnswered { Rule: { } rule, Scope: GrantScope.Session }:
                _grantedRules.Add(rule);
                break;
        }
    }

    private void Fold(DurableEvent happened)
    {
        _facts.Apply(happened);
        Note(happened);
        switch (happened)
        {
            case Compacted compacted:
                Compact(compacted);
                break;
            case TurnStarted turn:
                Turns++;
                LastMode = turn.Command?.ModeBefore ?? turn.Mode;
                Begin(turn);
                break;
            case Steer { State: SteerState.Delivered, Kind: SteerKind.Steer, Input: { } words }:
                Say(new Prompt(PromptMessage.Create(words)));
                break;
            case ToolCallStarted line when _command?.Has(line.CallId) == true:
                _callIds.Add(line.CallId);
                break;
            case ToolCallStarted call:
                Add(call);
                break;
            case ToolCallEnded ended when _command?.Has(ended.CallId) == true:
                _command.Add(ended);
                break;
            case ToolCallEnded ended when _replyOfCall.TryGetValue(ended.CallId, out var owner):
                owner.Add(ended);
                break;
            case ReplyEnded ended:
                ReplyOf(ended.ReplyId).End(ended);
                _open = null;
                break;
            case TurnEnded ended:
                _interrupted = ended.Outcome == TurnOutcome.Interrupted;
                break;
            default:
                Hear(happened);
                break;
        }
    }

    /// <summary>What the model is told that is nobody's prompt.</summary>
    private void Hear(DurableEvent happened)
    {
        switch (happened)
        {
            case BackgroundStarted started:
                _background[started.TaskId] = started.Title;
                break;
            case BackgroundEnded ended:
                _passages.Add(new BackgroundNews(_background.GetValueOrDefault(ended.TaskId, ""), ended));
                break;
            case DiagnosticsArrived arrived:
                _passages.Add(new LateDiagnostics(arrived));
                break;
            case FilesRestored restored:
                _passages.Add(new RestoreNews(restored));
                break;
            // What belongs to a call stands in its result.
            case HookRan { CallId: null, Effect: HookEffect.Added or HookEffect.Continued } ran:
                _passages.Add(new HookNews(ran));
                break;
            case HookRan { On: HookMoment.UserPromptSubmit, Effect: HookEffect.Denied, SteerId: null }:
                TakeBackPrompt();
                break;
        }
    }

    private void Add(ToolCallStarted call)
    {
        var reply = ReplyOf(call.ReplyId);
        reply.Add(call);
        _callIds.Add(call.CallId);
        _replyOfCall[call.CallId] = reply;
    }

    private void Begin(TurnStarted turn)
    {
        _command = turn.Command is { Lines: not null } command ? new CommandPrompt(turn, command, _interrupted) : null;
        Say(_command ?? (Passage)new Prompt(PromptMessage.Create(turn, _interrupted)));
    }

    private void Say(Passage words)
    {
        _passages.Add(words);
        _open = null;
    }

    /// <summary>A hook did not let it through: no model reads it, nor what other hooks have added to it.</summary>
    private void TakeBackPrompt()
    {
        var prompt = _passages.FindLastIndex(static passage => passage is Prompt);
        if (prompt >= 0)
        {
            var added = _passages
                .Skip(prompt + 1)
                .Where(static passage => passage is not HookNews { IsOfPrompt: true });
            List<Passage> kept = [.. _passages.Take(prompt), .. added];
            _passages.Clear();
            _passages.AddRange(kept);
        }
    }

    private Reply ReplyOf(string replyId)
    {
        if (_open?.Id == replyId)
        {
            return _open;
        }

        Replies++;
        _open = new Reply(replyId);
        _passages.Add(_open);
        return _open;
    }
}
