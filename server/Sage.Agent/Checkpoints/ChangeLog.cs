using System.Collections.Immutable;
using System.Text.Json;
using Sage.Agent.Sessions.State;
using Sage.Protocol.Events;

namespace Sage.Agent.Checkpoints;

/// <summary>The fold of a session's durable events into what Sage did to which file, and in which turn.</summary>
internal sealed class ChangeLog : IFold
{
    private const int LongestPrompt = 200;
    private readonly Lock _gate = new();
    private readonly List<TurnMark> _turns = [];
    private readonly SortedDictionary<string, FileHistory> _files = new(StringComparer.Ordinal);
    private readonly List<FilesRestored> _restores = [];
    private readonly HashSet<string> _redone = new(StringComparer.Ordinal);

    /// <summary>Every file Sage ever touched, in the order of their paths.</summary>
    public ImmutableArray<FileHistory> Files
    {
        get
        {
            lock (_gate)
            {
                return [.. _files.Values];
            }
        }
    }

    /// <summary>Oldest first.</summary>
    public ImmutableArray<TurnMark> Turns
    {
        get
        {
            lock (_gate)
            {
                return [.. _turns];
            }
        }
    }

    /// <summary>How many times files were taken back.</summary>
    public int Restores
    {
        get
        {
            lock (_gate)
            {
                return _restores.Count;
            }
        }
    }

    /// <summary>The last undo or restore that was not redone.</summary>
    public string? Redoable
    {
        get
        {
            lock (_gate)
            {
                return _restores
                    .FindLast(made => made.Kind != RestoreKind.Redone && !_redone.Contains(made.RestoreId))
                    ?.RestoreId;
            }
        }
    }

    public FileHistory? Find(string path)
    {
        lock (_gate)
        {
            return _files.GetValueOrDefault(path);
        }
    }

    public string Part => "changes/1";

    public void Apply(EventEnvelope happened) => Apply((DurableEvent)happened.Event);

    public JsonElement Save()
    {
        lock (_gate)
        {
            var state = new ChangeLogState([.. _turns], [.. _files.Values], [.. _restores], [.. _redone]);
            return JsonSerializer.SerializeToElement(state, SavedState.Json.ChangeLogState);
        }
    }

    public Action Load(JsonElement saved)
    {
        var state = SavedState.Read(saved, SavedState.Json.ChangeLogState);
        return () => Restore(state);
    }

    public void Apply(DurableEvent happened)
    {
        lock (_gate)
        {
            Fold(happened);
        }
    }

    /// <summary>The files with a step that is meant, and which steps these are.</summary>
    public ImmutableArray<(FileHistory File, ImmutableArray<int> Steps)> Where(Func<FileStep, bool> isMeant) =>
        [.. Files.Select(file => (file, file.Where(isMeant))).Where(found => !found.Item2.IsEmpty)];

    private void Restore(ChangeLogState state)
    {
        lock (_gate)
        {
            _turns.AddRange(state.Turns);
            state.Files.ToList().ForEach(file => _files[file.Path] = file);
            _restores.AddRange(state.Restores);
            _redone.UnionWith(state.Redone);
        }
    }

    private void Fold(DurableEvent happened)
    {
        switch (happened)
        {
            case TurnStarted turn:
                var words = turn.Prompt.Length <= LongestPrompt ? turn.Prompt : turn.Prompt[..LongestPrompt] + "…";
                _turns.Add(new TurnMark(turn.TurnId, words));
                break;
            case FileChanged changed:
                Add(
                    changed.Path,
                    new FileStep(
                        changed.CallId,
                        LastTurn,
                        IsRestore: false,
                        new FileMoment(changed.Kind != FileChangeKind.Created, changed.Before),
                        new FileMoment(changed.Kind != FileChangeKind.Deleted, changed.After)
                    )
                );
                break;
            case FilesRestored restored:
                Add(restored);
                break;
            case HunksKept kept:
                foreach (var file in kept.Files.Where(file => _files.ContainsKey(file.Path)))
                {
                    var history = _files[file.Path];
                    _files[file.Path] = history with
                    {
                        Reviewed = history.Steps.Length,
                        Original = FileMoment.Of(file.Original),
                        Current = FileMoment.Of(file.Current),
                    };
                }

                break;
        }
    }

    private string LastTurn => _turns is [.., var last] ? last.TurnId : "";

    private void Add(FilesRestored restored)
    {
        _restores.Add(restored);
        if (restored.Undoes is { } undone)
        {
            _redone.Add(undone);
        }

        foreach (var file in restored.Files)
        {
            var before = new FileMoment(file.Kind != FileChangeKind.Created, file.Before);
            var after = new FileMoment(file.Kind != FileChangeKind.Deleted, file.After);
            Add(file.Path, new FileStep(restored.RestoreId, LastTurn, IsRestore: true, before, after));
        }
    }

    private void Add(string path, FileStep step)
    {
        var history = _files.GetValueOrDefault(path) ?? new FileHistory(path, []);
        _files[path] = history with { Steps = history.Steps.Add(step) };
    }
}

/// <summary>A turn that files can be taken back to before.</summary>
/// <param name="TurnId">The turn.</param>
/// <param name="Prompt">The start of the user's words.</param>
internal sealed record TurnMark(string TurnId, string Prompt);

/// <summary>What <see cref="ChangeLog"/> saves.</summary>
internal sealed record ChangeLogState(
    ImmutableArray<TurnMark> Turns,
    ImmutableArray<FileHistory> Files,
    ImmutableArray<FilesRestored> Restores,
    ImmutableArray<string> Redone
);
