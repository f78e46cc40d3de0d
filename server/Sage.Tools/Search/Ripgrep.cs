using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Sage.Tools.Walking;

namespace Sage.Tools.Search;

/// <summary>Searches with ripgrep as a child process that never outlives the call.</summary>
internal static class Ripgrep
{
    // Its exit code when something went wrong; 1 only says that nothing matched.
    private const int Failure = 2;

    private static readonly string[] AcrossLines = ["--multiline", "--multiline-dotall"];
    private static readonly string[] FirstMatchOnly = ["--max-count=1"];

    /// <summary>The first <c>rg</c> on the search path; null when there is none.</summary>
    public static string? FindOnPath(string? searchPath)
    {
        var name = OperatingSystem.IsWindows() ? "rg.exe" : "rg";
        return (searchPath ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Only what the managed search does too: no configuration of the user changes what is found.</summary>
    public static IReadOnlyList<string> Arguments(SearchQuery query) =>
        [
            "--json",
            "--no-config",
            "--no-messages",
            "--hidden",
            "--no-require-git",
            "--no-ignore-dot",
            "--no-ignore-global",
            "--crlf",
            query.Case == CaseRule.Insensitive ? "--ignore-case" : "--case-sensitive",
            .. query.Span == MatchSpan.ManyLines ? AcrossLines : [],
            .. query.Depth == SearchDepth.FirstMatch ? FirstMatchOnly : [],
            .. query.Context > 0 ? new[] { $"--context={query.Context}" } : [],
            .. query.Globs.Select(NameOf).LastOrDefault(static name => name is not null) is { } name
                ? new[] { $"--type-add=wanted:{name}", "--type=wanted" }
                : [],
            .. IgnoreScope.NeverListed.Select(static name => $"--glob=!{name}"),
            $"--regexp={query.Pattern}",
            "--",
            query.FileName is null ? "." : $"./{query.FileName}",
        ];

    // Given as --glob, a pattern would also find what git ignores. A type does not, but speaks of names only, so this
    // just narrows the search; the globs themselves are applied to what is found.
    private static string? NameOf(string glob)
    {
        var slash = glob.LastIndexOf('/');
        var (folder, name) = (glob[..(slash + 1)], glob[(slash + 1)..]);
        var isWhole =
            name.Length > 0 && !folder.Contains('{', StringComparison.Ordinal) && !glob.StartsWith('!') && name != "**";
        return isWhole ? name : null;
    }

    /// <param name="skip">Files whose text is taken from elsewhere.</param>
    public static async Task<SearchEnd> RunAsync(
        string executable,
        SearchQuery query,
        IReadOnlySet<string> skip,
        MatchCollector matches,
        CancellationToken cancellationToken
    )
    {
        using var process = TryStart(executable, query, out var problem);
        if (process is null)
        {
            return new SearchEnd(problem, EngineRefused: true);
        }

        await using var killing = cancellationToken.Register(() => Kill(process));
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var sawFiles = await CollectAsync(process, query, skip, matches);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        var message = (await errors).Trim();
        return process.ExitCode != Failure || sawFiles || message.Length == 0
            ? new SearchEnd()
            : new SearchEnd($"`pattern` was refused: {message}", EngineRefused: true);
    }

    /// <returns>Whether there was any match.</returns>
    private static async Task<bool> CollectAsync(
        Process process,
        SearchQuery query,
        IReadOnlySet<string> skip,
        MatchCollector matches
    )
    {
        var parser = new RipgrepOutput(query.Folder);
        var globs = query.FileName is null ? query.Globs.Select(Glob.Parse).ToArray() : [];
        var sawFiles = false;
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (parser.Read(line) is not { } file)
            {
                continue;
            }

            sawFiles = true;
            var wanted =
                !skip.Contains(file.FullPath)
                && globs.All(glob => glob.IsMatch(RelativePath.Of(query.Folder, file.FullPath)));
            if (wanted && !await matches.AddAsync(file))
            {
                Kill(process);
                break;
            }
        }

        return sawFiles;
    }

    private static Process? TryStart(string executable, SearchQuery query, out string? problem)
    {
        var start = new ProcessStartInfo(executable, Arguments(query))
        {
            WorkingDirectory = query.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        try
        {
            problem = null;
            return Process.Start(start);
        }
        catch (Win32Exception e)
        {
            problem = $"ripgrep cannot be started: {e.Message}";
            return null;
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It had ended by itself.
        }
    }
}
