using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sage.Agent.Extensions;
using Sage.Protocol.LanguageServer;
using Sage.Server.Handlers.Workspaces;
using Sage.Tools.Files;

namespace Sage.Server.Handlers.Documents;

/// <summary>The documents open in the editor. Written by the in-order messages only, read by everybody.</summary>
internal sealed class OpenDocuments(DocumentEditing editing) : IEditorDocuments
{
    private readonly ConcurrentDictionary<string, OpenDocument> _byUri = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _uriByPath = new(FileUri.PathComparer);
    private readonly ConcurrentDictionary<ChangeWait, bool> _waits = new();

    public IReadOnlyCollection<EditorDocument> All =>
        [.. _byUri.Values.Where(document => document.FullPath is not null).Select(d => d.ToEditorDocument())];

    public EditorDocument? Find(string fullPath) => FindByPath(fullPath)?.ToEditorDocument();

    /// <summary>What the editor calls the open document at this path; null when none is open.</summary>
    public string? FindEditorPath(string fullPath) => FindByPath(fullPath)?.EditorPath;

    /// <summary>The document as it is now, files and others.</summary>
    public OpenDocument? FindByUri(string uri) => _byUri.GetValueOrDefault(uri);

    public async Task<bool> TryReplaceAsync(
        string fullPath,
        int version,
        string newText,
        CancellationToken cancellationToken
    )
    {
        if (FindByPath(fullPath) is not { } document || document.Version != version)
        {
            return false;
        }

        if (document.Text == newText)
        {
            return true;
        }

        var wasDirty = document.IsDirty;
        if (!await ReplaceAsync(document, newText, cancellationToken))
        {
            return false;
        }

        if (!wasDirty)
        {
            await editing.SaveAsync(document, cancellationToken);
        }

        return true;
    }

    public void Open(TextDocumentItem item)
    {
        var path = FileUri.ToPath(item.Uri) is { } given ? RealPath.Resolve(Path.GetFullPath(given)) : null;
        var document = new OpenDocument(item.Uri, path, item.Version, item.Text, DocumentState.Changed);
        _byUri[item.Uri] = document.IsDirty ? document : document with { State = DocumentState.Clean };
        if (path is not null)
        {
            _uriByPath[path] = item.Uri;
        }
    }

    /// <returns>False when no such document is open.</returns>
    public bool Change(string uri, int version, ImmutableArray<TextDocumentContentChange> changes)
    {
        if (!_byUri.TryGetValue(uri, out var document))
        {
            return false;
        }

        _byUri[uri] = document with
        {
            Text = TextChanges.Apply(document.Text, changes),
            Version = version,
            State = DocumentState.Changed,
        };
        foreach (var wait in _waits.Keys.Where(wait => wait.Uri == uri && version > wait.Version))
        {
            wait.Arrived.TrySetResult();
        }

        return true;
    }

    /// <summary>Does nothing for a document that is closed: the disk has the word already.</summary>
    public void Save(string uri)
    {
        if (_byUri.TryGetValue(uri, out var document))
        {
            _byUri[uri] = document with { State = DocumentState.Clean };
        }
    }

    public void Close(string uri)
    {
        if (_byUri.TryRemove(uri, out var document) && document.FullPath is { } path)
        {
            _uriByPath.TryRemove(KeyValuePair.Create(path, uri));
        }
    }

    private async Task<bool> ReplaceAsync(OpenDocument document, string newText, CancellationToken cancellationToken)
    {
        var wait = new ChangeWait(document.Uri, document.Version);
        _waits[wait] = true;
        try
        {
            if (!await editing.ReplaceAsync(document, newText, cancellationToken))
            {
                return false;
            }

            // Tools read our copy next; it has to have caught up.
            await editing.WaitForAsync(wait.Arrived.Task, cancellationToken);
            return true;
        }
        finally
        {
            _waits.TryRemove(wait, out _);
        }
    }

    private OpenDocument? FindByPath(string fullPath)
    {
        if (_uriByPath.IsEmpty)
        {
            return null;
        }

        return
            _uriByPath.TryGetValue(fullPath, out var uri) || _uriByPath.TryGetValue(RealPath.Resolve(fullPath), out uri)
            ? _byUri.GetValueOrDefault(uri)
            : null;
    }

    private sealed record ChangeWait(string Uri, int Version)
    {
        public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
