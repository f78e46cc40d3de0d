namespace Sage.Agent.Extensions;

/// <summary>The documents open in the editor; their unsaved text wins over the disk. Port: implemented in Sage.Server.</summary>
public interface IEditorDocuments
{
    /// <summary>The open document at this path, as the editor last told us; null when none is open.</summary>
    /// <param name="fullPath">Absolute path.</param>
    EditorDocument? Find(string fullPath);

    /// <summary>Every open document.</summary>
    IReadOnlyCollection<EditorDocument> All { get; }

    /// <summary>
    /// Replaces the text of an open document through the editor (so that undo works), saving it afterwards when it was clean.
    /// Answers false when the document changed since <paramref name="version"/> or the editor refused.
    /// </summary>
    Task<bool> TryReplaceAsync(string fullPath, int version, string newText, CancellationToken cancellationToken);
}

/// <param name="FullPath">Absolute path.</param>
/// <param name="Text">The text in the editor, with the document's own line endings.</param>
/// <param name="Version">Grows with each change.</param>
/// <param name="IsDirty">True when it differs from the disk, as far as the server can tell.</param>
public sealed record EditorDocument(string FullPath, string Text, int Version, bool IsDirty);

/// <summary>No editor: <c>sage exec</c>.</summary>
public sealed class NoEditorDocuments : IEditorDocuments
{
    public IReadOnlyCollection<EditorDocument> All => [];

    public EditorDocument? Find(string fullPath) => null;

    public Task<bool> TryReplaceAsync(
        string fullPath,
        int version,
        string newText,
        CancellationToken cancellationToken
    ) => Task.FromResult(false);
}
