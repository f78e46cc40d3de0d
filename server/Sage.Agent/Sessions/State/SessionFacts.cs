using System.Collections.Immutable;
using System.Text.Json;
using Sage.Protocol.Events;
using Sage.Protocol.Sessions;

namespace Sage.Agent.Sessions.State;

/// <summary>The fold of a session's events into what is known of it without reading them: its name, its origin, what it changed.</summary>
internal sealed class SessionFacts : IFold
{
    private SessionFactsState _state = SessionFactsState.Empty;

    public string Part => "facts/1";

    /// <summary>When the first event was written; null before that.</summary>
    public DateTimeOffset? StartedAt => _state.StartedAt;

    /// <summary>The name it was given, else the first line of its first prompt; empty when there is neither.</summary>
    public string Title => _state.Name ?? _state.FirstLine ?? "";

    /// <summary>True when the user gave it its name: then no model does any more.</summary>
    public bool IsNamedByUser => _state is { Name: not null, NamedBy: TitledBy.User };

    /// <summary>Where it is a fork of.</summary>
    public ForkOrigin? ForkedFrom => _state.ForkedFrom;

    /// <summary>How many files its calls changed.</summary>
    public int ChangedFiles => _state.Changed.Count;

    public SessionSummary Summary(string sessionId, DateTimeOffset now) =>
        new(sessionId, Title, now, ForkedFrom: ForkedFrom, ChangedFiles: ChangedFiles);

    public void Apply(EventEnvelope happened) =>
        _state = happened.Event switch
        {
            SessionCreated created => _state with { StartedAt = happened.At, ForkedFrom = created.ForkedFrom },
            TurnStarted turn => _state with { FirstLine = _state.FirstLine ?? SessionTitle.OfPrompt(turn.Prompt) },
            // What the user calls it beats what a model made of it, also when the model was slower.
            SessionTitled named when named.By == TitledBy.User || !IsNamedByUser => _state with
            {
                Name = SessionTitle.OfPrompt(named.Title),
                NamedBy = named.By,
            },
            FileChanged file => _state with { Changed = _state.Changed.Add(file.Path) },
            _ => _state,
        };

    public JsonElement Save() => JsonSerializer.SerializeToElement(_state, SavedState.Json.SessionFactsState);

    public Action Load(JsonElement saved)
    {
        var state = SavedState.Read(saved, SavedState.Json.SessionFactsState);
        return () => _state = state;
    }
}

/// <summary>What <see cref="SessionFacts"/> saves.</summary>
internal sealed record SessionFactsState(
    ImmutableHashSet<string> Changed,
    DateTimeOffset? StartedAt = null,
    string? FirstLine = null,
    string? Name = null,
    TitledBy NamedBy = TitledBy.Model,
    ForkOrigin? ForkedFrom = null
)
{
    public static SessionFactsState Empty { get; } = new(ImmutableHashSet.Create<string>(StringComparer.Ordinal));
}
