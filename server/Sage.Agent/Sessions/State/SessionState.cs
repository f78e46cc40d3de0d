using System.Collections.Immutable;
using System.Text.Json;
using Sage.Agent.Checkpoints;
using Sage.Agent.Context;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Protocol.Events;

namespace Sage.Agent.Sessions.State;

/// <summary>All that a session's events have led to: state = fold(events), or of a snapshot and the events behind it.</summary>
internal sealed class SessionState : ISessionState
{
    private readonly ImmutableArray<IFold> _folds;

    public SessionState() => _folds = [Facts, Conversation, Changes, Outside, Spending, Repair];

    /// <summary>What was done to it and by whom it is known.</summary>
    public SessionFacts Facts { get; } = new();

    /// <summary>What a model reads.</summary>
    public Conversation Conversation { get; } = new();

    /// <summary>What was done to files.</summary>
    public ChangeLog Changes { get; } = new();

    /// <summary>What from outside the model has read since the user last spoke.</summary>
    public RaisedBar Outside { get; } = new();

    /// <summary>What its model requests have used.</summary>
    public Spending Spending { get; } = new();

    /// <summary>What is open.</summary>
    public CrashRepair Repair { get; } = new();

    /// <summary>The number of the last event; 0 before the first.</summary>
    public long LastSeq { get; private set; }

    public void Apply(EventEnvelope happened)
    {
        foreach (var fold in _folds)
        {
            fold.Apply(happened);
        }

        LastSeq = happened.Seq ?? LastSeq;
    }

    public JournalSnapshot Save() =>
        new(
            LastSeq,
            _folds.ToImmutableSortedDictionary(fold => fold.Part, fold => fold.Save(), StringComparer.Ordinal)
        );

    public bool TryRestore(JournalSnapshot snapshot)
    {
        List<Action> loaded = [];
        foreach (var fold in _folds)
        {
            if (!TryLoad(fold, snapshot, loaded))
            {
                return false;
            }
        }

        loaded.ForEach(take => take());
        LastSeq = snapshot.Seq;
        return true;
    }

    private static bool TryLoad(IFold fold, JournalSnapshot snapshot, List<Action> loaded)
    {
        try
        {
            // Written before there was such a fold, or by a version whose format is another: its events have to be read.
            var isThere = snapshot.Parts.TryGetValue(fold.Part, out var saved);
            if (isThere)
            {
                loaded.Add(fold.Load(saved));
            }

            return isThere;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
