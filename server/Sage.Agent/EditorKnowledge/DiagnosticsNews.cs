using System.Collections.Immutable;
using Sage.Agent.Workspaces;
using Sage.Protocol.EditorKnowledge;
using Sage.Protocol.Events;

namespace Sage.Agent.EditorKnowledge;

/// <summary>
/// Tells the model what its changes broke: with the result of the call when the editor reports it soon enough, else before the next
/// request. An editor that does not answer costs no more than a moment, and never a result.
/// </summary>
internal sealed class DiagnosticsNews(IEditorKnowledge editor, Workspace workspace, TimeProvider time)
{
    /// <summary>How long the result of a change waits for news.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>How long anybody waits for an editor that has nothing to wait for itself.</summary>
    public static readonly TimeSpan Answers = TimeSpan.FromSeconds(1);

    /// <summary>How long after a change what is reported may come of it.</summary>
    public static readonly TimeSpan Watched = TimeSpan.FromSeconds(10);

    private const int MostOfFile = 10;
    private const int MostTold = 30;
    private const int MostRead = 500;
    private const int MostFiles = 50;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, KnownDiagnostics> _files = new(StringComparer.Ordinal);
    private long _revision;

    /// <summary>Takes note of what is wrong with files that are about to be changed.</summary>
    public async Task BeforeAsync(IEnumerable<string> realPaths, CancellationToken cancellationToken)
    {
        ImmutableArray<string> paths = [.. realPaths.Distinct(StringComparer.Ordinal).Take(MostFiles)];
        if (
            paths.IsEmpty
            || !editor.IsThere
            || await ReadAsync(paths, TimeSpan.Zero, since: null, cancellationToken) is not { } answer
        )
        {
            return;
        }

        lock (_gate)
        {
            _revision = Math.Max(_revision, answer.Revision);
            var now = time.GetTimestamp();
            foreach (var path in paths)
            {
                var reported = OfFile(answer, path);
                if (_files.TryGetValue(path, out var known))
                {
                    known.ChangeAgain(reported, now);
                }
                else
                {
                    _files[path] = new KnownDiagnostics(reported, now);
                }
            }
        }
    }

    /// <summary>What stands behind the result of a call that has changed files; empty when nothing new is reported in time.</summary>
    /// <remarks>Never throws: what was done is done, also when the turn is stopped now.</remarks>
    public async Task<string> AfterAsync(IEnumerable<string> realPaths, CancellationToken cancellationToken)
    {
        var paths = Among(realPaths);
        if (paths.IsEmpty)
        {
            return "";
        }

        try
        {
            var arrived = await WaitAsync(paths, cancellationToken);
            return arrived is null
                ? ""
                : $"\n\n[New problems that the editor reports:]\n{DiagnosticText.Marked(arrived.Diagnostics, arrived.More)}";
        }
        catch (OperationCanceledException)
        {
            return "";
        }
    }

    /// <summary>Before a request: what was reported since a result was given; null when there is nothing new.</summary>
    public async Task<DiagnosticsArrived?> TakeLateAsync(CancellationToken cancellationToken)
    {
        var paths = Among(null);
        if (paths.IsEmpty || await ReadAsync(paths, TimeSpan.Zero, since: null, cancellationToken) is not { } answer)
        {
            return null;
        }

        var arrived = TakeNew(answer, paths);
        lock (_gate)
        {
            foreach (var path in paths)
            {
                if (_files.TryGetValue(path, out var known) && time.GetElapsedTime(known.Changed) > Watched)
                {
                    _files.Remove(path);
                }
            }
        }

        return arrived;
    }

    private async Task<DiagnosticsArrived?> WaitAsync(ImmutableArray<string> paths, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var since = Volatile.Read(ref _revision);
        while (Patience - time.GetElapsedTime(started) is { Ticks: > 0 } left)
        {
            var answer = await ReadAsync(paths, left, since, cancellationToken);
            var arrived = answer is null ? null : TakeNew(answer, paths);
            // Nothing was reported, or nobody looks at these files.
            if (
                arrived is not null
                || answer is null
                || answer.Revision <= since
                || paths.All(path => answer.Unseen.Contains(path))
            )
            {
                return arrived;
            }

            since = answer.Revision;
        }

        return null;
    }

    private ImmutableArray<string> Among(IEnumerable<string>? realPaths)
    {
        lock (_gate)
        {
            return [.. realPaths?.Where(_files.ContainsKey).Distinct(StringComparer.Ordinal) ?? _files.Keys];
        }
    }

    private DiagnosticsArrived? TakeNew(ReadDiagnosticsResult answer, ImmutableArray<string> paths)
    {
        List<EditorDiagnostic> added = [];
        var count = 0;
        lock (_gate)
        {
            foreach (var path in paths)
            {
                var ofFile = _files.GetValueOrDefault(path)?.TakeNew(OfFile(answer, path)) ?? [];
                count += ofFile.Length;
                added.AddRange(
                    ofFile.Take(MostOfFile).Select(diagnostic => diagnostic with { Path = workspace.Display(path) })
                );
            }
        }

        return count == 0
            ? null
            : new DiagnosticsArrived([.. added.Take(MostTold)], count - Math.Min(added.Count, MostTold));
    }

    private static IEnumerable<EditorDiagnostic> OfFile(ReadDiagnosticsResult answer, string path) =>
        answer.Diagnostics.Where(diagnostic =>
            diagnostic.Path == path && diagnostic.Severity is EditorSeverity.Error or EditorSeverity.Warning
        );

    /// <returns>Null when the editor does not answer in time.</returns>
    private async Task<ReadDiagnosticsResult?> ReadAsync(
        ImmutableArray<string> paths,
        TimeSpan wait,
        long? since,
        CancellationToken cancellationToken
    )
    {
        var request = new ReadDiagnosticsParams(workspace.Root, MostRead, paths, (int)wait.TotalMilliseconds, since);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await editor.ReadDiagnosticsAsync(request, stop.Token).WaitAsync(wait + Answers, time, stop.Token);
        }
        catch (Exception error) when (error is EditorSilentException or TimeoutException)
        {
            return null;
        }
        finally
        {
            await stop.CancelAsync();
        }
    }
}
