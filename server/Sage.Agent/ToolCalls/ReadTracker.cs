using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Sage.Agent.ToolCalls;

/// <summary>Remembers which version of each file a session has shown to the model.</summary>
public sealed class ReadTracker
{
    private readonly ConcurrentDictionary<string, SeenFile> _files = new(StringComparer.Ordinal);
    private int _commands;

    /// <summary>Notes that the model has seen (or written) this version.</summary>
    /// <param name="fullPath">Absolute path.</param>
    /// <param name="version">A hash of the content.</param>
    /// <param name="lineMarks">A hash of each line, to tell later which have changed; empty when that cannot be told.</param>
    public void Record(string fullPath, string version, ImmutableArray<int> lineMarks = default) =>
        _files[fullPath] = new SeenFile(version, lineMarks.IsDefault ? [] : lineMarks, Volatile.Read(ref _commands));

    /// <summary>The version the model saw last; null when it never saw the file.</summary>
    public string? Find(string fullPath) => _files.GetValueOrDefault(fullPath)?.Version;

    /// <summary>The lines the model saw last; empty when that is not known.</summary>
    public ImmutableArray<int> FindLineMarks(string fullPath) => _files.GetValueOrDefault(fullPath)?.LineMarks ?? [];

    /// <summary>The file is no more, or another one: what the model saw of it says nothing.</summary>
    public void Forget(string fullPath) => _files.TryRemove(fullPath, out _);

    /// <summary>A command begins that may change any file, and may go on doing so.</summary>
    public void NoteCommand() => Interlocked.Increment(ref _commands);

    /// <summary>A command of the session changed this file, and the user has been shown how.</summary>
    public void NoteShownChange(string fullPath)
    {
        if (_files.TryGetValue(fullPath, out var seen))
        {
            _files.TryUpdate(fullPath, seen with { IsChangeShown = true }, seen);
        }
    }

    /// <summary>Who must have changed a file that the model saw, given that it is another one now.</summary>
    public ChangeAuthor AuthorOfChange(string fullPath) =>
        _files.GetValueOrDefault(fullPath) switch
        {
            { IsChangeShown: true } => ChangeAuthor.Sage,
            { } seen when seen.Commands == Volatile.Read(ref _commands) => ChangeAuthor.User,
            _ => ChangeAuthor.Unknown,
        };

    /// <param name="Commands">How many commands had begun when it was seen.</param>
    private sealed record SeenFile(
        string Version,
        ImmutableArray<int> LineMarks,
        int Commands,
        bool IsChangeShown = false
    );
}

/// <summary>Who changed a file behind the model's back.</summary>
public enum ChangeAuthor
{
    /// <summary>A command was running or has run since: it, or the user.</summary>
    Unknown,

    /// <summary>The user, with whatever program.</summary>
    User,

    /// <summary>A command of the session, and the user was shown the change.</summary>
    Sage,
}
