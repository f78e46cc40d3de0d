using System.Collections.Concurrent;

namespace Sage.Agent.ToolCalls;

/// <summary>Remembers which version of each file a session has shown to the model.</summary>
public sealed class ReadTracker
{
    private readonly ConcurrentDictionary<string, string> _versions = new(StringComparer.Ordinal);

    /// <summary>Notes that the model has seen (or written) this version.</summary>
    /// <param name="fullPath">Absolute path.</param>
    /// <param name="version">A hash of the content.</param>
    public void Record(string fullPath, string version) => _versions[fullPath] = version;

    /// <summary>The version the model saw last; null when it never saw the file.</summary>
    public string? Find(string fullPath) => _versions.GetValueOrDefault(fullPath);
}
