using System.Text.RegularExpressions;
using Sage.Tools.Files;
using Sage.Tools.Files.Disk;
using Sage.Tools.Text;
using Sage.Tools.Walking;

namespace Sage.Tools.Search;

/// <summary>Searches files without ripgrep: several at once, under the same ignore rules, skipping binary files.</summary>
internal static class ManagedSearch
{
    /// <param name="skip">Files whose text is taken from elsewhere.</param>
    public static async Task<SearchEnd> RunAsync(
        SearchQuery query,
        string root,
        IReadOnlySet<string> skip,
        MatchCollector matches,
        CancellationToken cancellationToken
    )
    {
        if (LineSearch.Create(query, out var error) is not { } search)
        {
            return new SearchEnd(error, EngineRefused: true);
        }

        using var full = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await Parallel.ForEachAsync(
                Files(query, root, full.Token).Where(path => !skip.Contains(path)),
                full.Token,
                async (path, token) =>
                {
                    if (await TrySearchFileAsync(search, path, token) is { } found && !await matches.AddAsync(found))
                    {
                        await full.CancelAsync();
                    }
                }
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Enough was found.
        }
        catch (RegexMatchTimeoutException)
        {
            return new SearchEnd("`pattern` takes too long to match; write it without nested repetitions.");
        }

        return new SearchEnd();
    }

    private static IEnumerable<string> Files(SearchQuery query, string root, CancellationToken cancellationToken)
    {
        if (query.FileName is not null)
        {
            return [Path.Combine(query.Folder, query.FileName)];
        }

        var globs = query.Globs.Select(Glob.Parse).ToArray();
        return WorkspaceWalk
            .Files(query.Folder, IgnoreScope.Of(query.Folder, root), cancellationToken)
            .Select(static entry => entry.FullPath)
            .Where(path => globs.All(glob => glob.IsMatch(RelativePath.Of(query.Folder, path))));
    }

    private static async Task<FileMatches?> TrySearchFileAsync(
        LineSearch search,
        string path,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await SearchFileAsync(search, path, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file that vanished or may not be read is no reason to lose the others.
            return null;
        }
    }

    private static async Task<FileMatches?> SearchFileAsync(
        LineSearch search,
        string path,
        CancellationToken cancellationToken
    )
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length == 0)
        {
            return null;
        }

        var lines =
            file.Length <= WorkspaceFiles.LargestText
                ? FindInBytes(search, await RealFile.ReadAllBytesAsync(path, cancellationToken))
                : await FindInPiecesAsync(search, path, cancellationToken);
        return lines.Count > 0 ? new FileMatches(path, lines) : null;
    }

    private static List<FoundLine> FindInBytes(LineSearch search, byte[] bytes) =>
        ContentKind.Of(bytes) is ContentKind.Text ? search.Find(TextFile.Decode(bytes).Text) : [];

    /// <summary>A large file passes through in pieces of whole lines; context does not cross from one to the next.</summary>
    private static async Task<List<FoundLine>> FindInPiecesAsync(
        LineSearch search,
        string path,
        CancellationToken cancellationToken
    )
    {
        List<FoundLine> found = [];
        var firstLine = 0;
        await foreach (var piece in LargeText.ReadPiecesAsync(path, cancellationToken))
        {
            if (firstLine == 0 && piece.AsSpan(0, Math.Min(piece.Length, ContentKind.HeadSize)).Contains('\0'))
            {
                break;
            }

            found.AddRange(search.Find(piece).Select(line => line with { Number = line.Number + firstLine }));
            firstLine += piece.AsSpan().Count('\n');
            if (found.Count >= MatchCollector.MostLines)
            {
                break;
            }
        }

        return found;
    }
}
