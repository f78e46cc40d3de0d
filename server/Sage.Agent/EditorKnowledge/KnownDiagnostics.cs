using System.Collections.Immutable;
using Sage.Protocol.EditorKnowledge;

namespace Sage.Agent.EditorKnowledge;

/// <summary>
/// What is known to be wrong with a file: what was before the model changed it, and what it was told since. Lines do not count:
/// an edit moves them.
/// </summary>
internal sealed class KnownDiagnostics
{
    private readonly Dictionary<Problem, int> _counts;

    /// <param name="before">What is reported before the first change.</param>
    /// <param name="changed">When that was.</param>
    public KnownDiagnostics(IEnumerable<EditorDiagnostic> before, long changed) =>
        (_counts, Changed) = (Count(before), changed);

    /// <summary>The last change; a time stamp.</summary>
    public long Changed { get; private set; }

    /// <summary>The file is changed again: what is gone would be news, and what nobody was told still is.</summary>
    /// <param name="reported">What is reported before this change.</param>
    /// <param name="now">When that was.</param>
    public void ChangeAgain(IEnumerable<EditorDiagnostic> reported, long now)
    {
        Changed = now;
        var counts = Count(reported);
        foreach (var (problem, count) in _counts.ToList())
        {
            _counts[problem] = Math.Min(count, counts.GetValueOrDefault(problem));
        }
    }

    /// <summary>What is reported and was not known; from now on it is.</summary>
    public ImmutableArray<EditorDiagnostic> TakeNew(IEnumerable<EditorDiagnostic> reported)
    {
        var seen = new Dictionary<Problem, int>();
        var added = ImmutableArray.CreateBuilder<EditorDiagnostic>();
        foreach (var diagnostic in reported)
        {
            var problem = Problem.Of(diagnostic);
            var count = seen[problem] = seen.GetValueOrDefault(problem) + 1;
            if (count > _counts.GetValueOrDefault(problem))
            {
                _counts[problem] = count;
                added.Add(diagnostic);
            }
        }

        return added.ToImmutable();
    }

    private static Dictionary<Problem, int> Count(IEnumerable<EditorDiagnostic> diagnostics) =>
        diagnostics.CountBy(Problem.Of).ToDictionary();

    private readonly record struct Problem(EditorSeverity Severity, string Message, string? Source, string? Code)
    {
        public static Problem Of(EditorDiagnostic diagnostic) =>
            new(diagnostic.Severity, diagnostic.Message, diagnostic.Source, diagnostic.Code);
    }
}
