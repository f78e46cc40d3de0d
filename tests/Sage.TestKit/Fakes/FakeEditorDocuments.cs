using System.Collections.Concurrent;
using Sage.Agent.Extensions;

namespace Sage.TestKit.Fakes;

/// <summary>An editor with open documents: clean ones are saved after a replacement, dirty ones stay dirty.</summary>
public sealed class FakeEditorDocuments : IEditorDocuments
{
    private readonly ConcurrentDictionary<string, EditorDocument> _documents = new(StringComparer.Ordinal);

    public IReadOnlyCollection<EditorDocument> All => [.. _documents.Values];

    /// <summary>Runs before each replacement is looked at: to type into the document meanwhile.</summary>
    public Action<string>? BeforeReplace { get; set; }

    /// <summary>What saving does to the text besides.</summary>
    public Func<string, string> FormatOnSave { get; set; } = static text => text;

    /// <summary>How often a replacement was asked for.</summary>
    public int Replacements { get; private set; }

    /// <summary>Opens a document, or shows other text in it as the user's typing does.</summary>
    public void Open(string fullPath, string text, DocumentState state) =>
        _documents.AddOrUpdate(
            fullPath,
            path => new EditorDocument(path, text, 1, state == DocumentState.Dirty),
            (path, open) => new EditorDocument(path, text, open.Version + 1, state == DocumentState.Dirty)
        );

    public EditorDocument? Find(string fullPath) => _documents.GetValueOrDefault(fullPath);

    public async Task<bool> TryReplaceAsync(
        string fullPath,
        int version,
        string newText,
        CancellationToken cancellationToken
    )
    {
        Replacements++;
        BeforeReplace?.Invoke(fullPath);
        if (Find(fullPath) is not { } open || open.Version != version)
        {
            return false;
        }

        var text = open.IsDirty ? newText : FormatOnSave(newText);
        _documents[fullPath] = open with { Text = text, Version = version + 1 };
        if (!open.IsDirty)
        {
            await File.WriteAllTextAsync(fullPath, text, cancellationToken);
        }

        return true;
    }
}

/// <summary>Whether a document has changes that are not on disk.</summary>
public enum DocumentState
{
    Clean,
    Dirty,
}
