using System.ComponentModel;
using System.Text.Json.Serialization;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Json;
using Sage.Tools.Files;
using Sage.Tools.Schemas;

namespace Sage.Tools.Search;

internal sealed record GrepInput(
    [property: Description("Regular expression.")] string Pattern,
    [property: Description("File or folder; default the workspace root.")] string? Path = null,
    [property: Description("Only files like *.ts or src/**/*.cs.")] string? Glob = null,
    [property: Description("Only files of a type: ts, py, cs, go, rust, java, md...")] string? Type = null,
    GrepOutput Output = GrepOutput.Content,
    [property: Description("Lines shown around each match.")] int? Context = null,
    bool CaseInsensitive = false,
    [property: Description("Let matches span lines; . matches line ends.")] bool Multiline = false,
    [property: Description("Most results, default 200.")] int? HeadLimit = null
);

/// <summary>What the model wants to know of the matches.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<GrepOutput>))]
internal enum GrepOutput
{
    Content,
    Files,
    Count,
}

/// <summary>Searches file contents: with ripgrep where there is one, else without; unsaved documents as the editor has them.</summary>
internal sealed class GrepTool(WorkspacePaths paths, IEditorDocuments documents, Func<string?> findRipgrep)
    : Tool<GrepInput>(
        Name,
        "Search file contents with a regular expression. What git ignores is left out; unsaved editor changes are included.",
        ToolInputJson.Default.GrepInput,
        TimeSpan.FromSeconds(120)
    )
{
    private const string Name = "grep";
    private const int DefaultLimit = 200;
    private const int MostContext = 50;

    // Looked for when the first search runs: the editor tells where its own is after we have started.
    private readonly Lazy<string?> _ripgrep = new(findRipgrep);

    protected override Preparation PrepareCall(GrepInput input, ToolContext context)
    {
        if (!WorkspacePaths.TryAbsolute(context.Workspace, input.Path ?? ".", out var fullPath, out var error))
        {
            return new Preparation.Rejected(error);
        }

        if (Objection(input) is { } objection)
        {
            return new Preparation.Rejected(objection);
        }

        return new Preparation.Accepted(
            new PreparedCall(
                $"Search for {input.Pattern}",
                ResourceAccess.Read(fullPath),
                new PermissionKey(PermissionKind.Read, Name, input.Pattern),
                token => RunAsync(fullPath, input, context, token)
            )
            {
                PreflightAsync = _ =>
                    Task.FromResult(Preflight.None with { Danger = DelicateFiles.ToRead(context.Workspace, fullPath) }),
            }
        );
    }

    private static string? Objection(GrepInput input) =>
        input.Pattern.Length == 0 ? "`pattern` is empty."
        : input.HeadLimit < 1 ? "`head_limit` must be at least 1."
        : input.Context is < 0 or > MostContext ? $"`context` must be between 0 and {MostContext}."
        : input.Type is { } type && FileTypes.PatternOf(type) is null
            ? $"`type` {type} is unknown. The types are: {FileTypes.Names}. For others use `glob`."
        : null;

    private async Task<ToolResult> RunAsync(
        string fullPath,
        GrepInput input,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        if (!paths.TryForReading(context.Workspace, fullPath, out var realPath, out var refusal))
        {
            return refusal;
        }

        var isFolder = Directory.Exists(realPath);
        var unsaved = UnsavedDocuments.In(documents, realPath);
        if (!isFolder && !File.Exists(realPath) && unsaved.Count == 0)
        {
            return ToolResult.Error(ClosestNames.Missing(context.Workspace, fullPath));
        }

        var query = QueryOf(input, realPath, isFolder ? SearchPlace.Folder : SearchPlace.File);
        var hidden = paths.HiddenIn(context.Workspace);
        var matches = new MatchCollector(LiveOutput(input, context))
        {
            WhyLeftOut = isFolder ? hidden.WhyHidden : hidden.WhyRuled,
        };
        var end = await SearchAsync(query, unsaved, context.Workspace.Root, matches, cancellationToken);
        if (end.Error is not null)
        {
            return ToolResult.Error(end.Error);
        }

        var files = matches.Files;
        return ToolResult.Ok(
            (
                files.Count == 0
                    ? $"No match for {input.Pattern} in {context.Workspace.Display(fullPath)} (what git ignores is not searched)."
                    : GrepReport.Of(
                        context.Workspace,
                        files,
                        input.Output,
                        input.HeadLimit ?? DefaultLimit,
                        matches.IsFull ? SearchCompleteness.CutShort : SearchCompleteness.Whole
                    )
            )
                + end.Note
                + NotesOf(matches.LeftOut, context)
        );
    }

    private static string NotesOf(IReadOnlyList<KeyValuePair<string, string>> leftOut, ToolContext context)
    {
        const int mostNamed = 5;
        var notes = leftOut
            .GroupBy(static file => file.Value, static file => file.Key)
            .Select(files =>
            {
                var names = string.Join(", ", files.Take(mostNamed).Select(context.Workspace.Display));
                var more = files.Count() > mostNamed ? $" and {files.Count() - mostNamed} more" : "";
                return $"\n[Matches in files that {files.Key} were left out: {names}{more}. Only read_file may get them.]";
            });
        return string.Concat(notes);
    }

    private async Task<SearchEnd> SearchAsync(
        SearchQuery query,
        UnsavedDocuments unsaved,
        string root,
        MatchCollector matches,
        CancellationToken cancellationToken
    )
    {
        var ripgrep = _ripgrep.Value is { Length: > 0 } path ? path : null;
        var end = await unsaved.SearchAsync(query, root, matches);
        if (end.Error is not null && ripgrep is null)
        {
            return end;
        }

        if (ripgrep is not null)
        {
            var byRipgrep = await Ripgrep.RunAsync(ripgrep, query, unsaved.Paths, matches, cancellationToken);
            if (!byRipgrep.EngineRefused)
            {
                return end.Error is null
                    ? byRipgrep
                    : byRipgrep with
                    {
                        Note = $"\n[Unsaved documents were not searched: {end.Error}]",
                    };
            }
        }

        // Look-around and back references, which ripgrep's engine lacks, or no ripgrep at all.
        return await ManagedSearch.RunAsync(query, root, unsaved.Paths, matches, cancellationToken);
    }

    private static SearchQuery QueryOf(GrepInput input, string realPath, SearchPlace place) =>
        new(
            place == SearchPlace.Folder ? realPath : Path.GetDirectoryName(realPath)!,
            place == SearchPlace.Folder ? null : Path.GetFileName(realPath),
            input.Pattern
        )
        {
            Globs = place == SearchPlace.File ? [] : GlobsOf(input),
            Context = input.Output == GrepOutput.Content ? input.Context ?? 0 : 0,
            Case = input.CaseInsensitive ? CaseRule.Insensitive : CaseRule.Sensitive,
            Span = input.Multiline ? MatchSpan.ManyLines : MatchSpan.OneLine,
            Depth = input.Output == GrepOutput.Files ? SearchDepth.FirstMatch : SearchDepth.EveryMatch,
        };

    private static string[] GlobsOf(GrepInput input) =>
        new[] { input.Glob, input.Type is { } type ? FileTypes.PatternOf(type) : null }
            .OfType<string>()
            .Where(static glob => glob.Length > 0)
            .ToArray();

    private static Func<FileMatches, ValueTask> LiveOutput(GrepInput input, ToolContext context)
    {
        var gate = new Lock();
        var left = input.HeadLimit ?? DefaultLimit;
        return file =>
        {
            string text;
            lock (gate)
            {
                if (left == 0)
                {
                    return ValueTask.CompletedTask;
                }

                text =
                    input.Output == GrepOutput.Content
                        ? GrepReport.File(context.Workspace, file, ref left)
                        : context.Workspace.Display(file.FullPath);
                left -= input.Output == GrepOutput.Content ? 0 : 1;
            }

            return context.Output(text + "\n");
        };
    }

    private enum SearchPlace
    {
        Folder,
        File,
    }
}
