using System.Text.RegularExpressions;
using Sage.Agent.Extensions;
using Sage.Tools.Files;
using Sage.Tools.Walking;

namespace Sage.Tools.Search;

/// <summary>The documents whose text in the editor is not what is on disk.</summary>
internal sealed class UnsavedDocuments
{
    private readonly IReadOnlyList<EditorDocument> _documents;

    private UnsavedDocuments(IReadOnlyList<EditorDocument> documents)
    {
        _documents = documents;
        Paths = documents.Select(static document => document.FullPath).ToHashSet(StringComparer.Ordinal);
    }

    public IReadOnlySet<string> Paths { get; }

    public int Count => _documents.Count;

    /// <param name="realPath">A folder, or one file.</param>
    public static UnsavedDocuments In(IEditorDocuments documents, string realPath) =>
        new([
            .. documents
                .All.Where(static document => document.IsDirty)
                // It may have been opened through a link; the search walks over the file itself.
                .Select(static document => document with { FullPath = RealPath.Resolve(document.FullPath) })
                .Where(document => WorkspacePaths.IsWithin(realPath, document.FullPath)),
        ]);

    /// <summary>Searches them where the query would look on disk.</summary>
    public async Task<SearchEnd> SearchAsync(SearchQuery query, string root, MatchCollector matches)
    {
        if (_documents.Count == 0)
        {
            return new SearchEnd();
        }

        if (LineSearch.Create(query, out var error) is not { } search)
        {
            return new SearchEnd(error, EngineRefused: true);
        }

        var globs = query.Globs.Select(Glob.Parse).ToArray();
        try
        {
            foreach (var document in _documents)
            {
                var wanted =
                    query.FileName is not null
                    || globs.All(glob => glob.IsMatch(RelativePath.Of(query.Folder, document.FullPath)))
                        && !IsIgnored(query.Folder, root, document.FullPath);
                if (wanted && search.Find(document.Text) is { Count: > 0 } lines)
                {
                    await matches.AddAsync(new FileMatches(document.FullPath, lines));
                }
            }
        }
        catch (RegexMatchTimeoutException)
        {
            return new SearchEnd("`pattern` takes too long to match; write it without nested repetitions.");
        }

        return new SearchEnd();
    }

    private static bool IsIgnored(string folder, string root, string fullPath)
    {
        var scope = IgnoreScope.Of(folder, root);
        var current = folder;
        var parts = RelativePath.Of(folder, fullPath).Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            current = Path.Combine(current, parts[i]);
            var isFolder = i < parts.Length - 1;
            if (scope.Ignores(current, isFolder))
            {
                return true;
            }

            scope = isFolder ? scope.Enter(current) : scope;
        }

        return false;
    }
}
