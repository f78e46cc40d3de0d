using Sage.Agent.Extensions;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Documents;

/// <summary>Whether an open document differs from its file.</summary>
internal enum DocumentState
{
    /// <summary>It was equal when it was opened or saved, and has not changed since.</summary>
    Clean,

    /// <summary>It changed; only the disk can tell whether the change was the file's own (the editor reloads clean documents).</summary>
    Changed,
}

/// <summary>One document as the editor last told us.</summary>
/// <param name="Uri">As the editor writes it.</param>
/// <param name="FullPath">Its path with symbolic links resolved; null when it is no file.</param>
internal sealed record OpenDocument(string Uri, string? FullPath, int Version, string Text, DocumentState State)
{
    /// <summary>Its path as the editor knows it, links and all; the URI when it is no file.</summary>
    public string EditorPath => FileUri.ToPath(Uri) ?? Uri;

    public EditorDocument ToEditorDocument() => new(FullPath ?? Uri, Text, Version, IsDirty);

    /// <summary>True when it differs from the disk, as far as we can tell.</summary>
    public bool IsDirty => State == DocumentState.Changed && (FullPath is null || !DiskText.Equals(FullPath, Text));
}
