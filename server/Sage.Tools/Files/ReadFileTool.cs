using System.ComponentModel;
using System.Text;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Turns;
using Sage.Tools.Editing;
using Sage.Tools.Schemas;
using Sage.Tools.Text;

namespace Sage.Tools.Files;

internal sealed record ReadFileInput(
    [property: Description("Absolute, or relative to the workspace root.")] string Path,
    [property: Description("First line, from 1.")] int? StartLine = null,
    [property: Description("Last line, included.")] int? EndLine = null
);

/// <summary>Shows a file to the model as numbered lines, or as an image, and remembers the version it showed.</summary>
internal sealed class ReadFileTool(WorkspaceFiles files)
    : Tool<ReadFileInput>(
        Name,
        "Read a text file (numbered lines, up to 2000 at once) or an image. Unsaved editor changes are included.",
        ToolInputJson.Default.ReadFileInput,
        TimeSpan.FromSeconds(30),
        outputBudget: 60_000
    )
{
    private const string Name = "read_file";
    private const int MostLines = 2_000;
    private const int MostChars = 50_000;
    private const int LongestLine = 2_000;

    protected override Preparation PrepareCall(ReadFileInput input, ToolContext context)
    {
        if (!WorkspacePaths.TryAbsolute(context.Workspace, input.Path, out var fullPath, out var error))
        {
            return new Preparation.Rejected(error);
        }

        if (input.StartLine < 1 || input.EndLine < 1 || input.EndLine < input.StartLine)
        {
            return new Preparation.Rejected("`start_line` must be at least 1 and `end_line` not smaller than it.");
        }

        var shown = context.Workspace.Display(fullPath);
        return new Preparation.Accepted(
            new PreparedCall(
                TitleOf(shown, input),
                ResourceAccess.Read(fullPath),
                PermissionKey.OfPaths(PermissionKind.Read, Name, shown),
                token => RunAsync(shown, fullPath, input, context, token)
            )
            {
                PreflightAsync = _ =>
                    Task.FromResult(Preflight.None with { Danger = DelicateFiles.ToRead(context.Workspace, fullPath) }),
            }
        );
    }

    private static string TitleOf(string shown, ReadFileInput input) =>
        (input.StartLine, input.EndLine) switch
        {
            (null, null) => $"Read {shown}",
            ({ } start, null) => $"Read {shown} from line {start}",
            var (start, end) => $"Read {shown} lines {start ?? 1}–{end}",
        };

    private async Task<ToolResult> RunAsync(
        string shown,
        string fullPath,
        ReadFileInput input,
        ToolContext context,
        CancellationToken cancellationToken
    ) =>
        await files.LoadAsync(context.Workspace, fullPath, cancellationToken) switch
        {
            FileContent.Text text => Marked(Show(shown, input, text, context.Reads), text.Content.Text),
            FileContent.Image image => Show(shown, image),
            FileContent.Large large => await ShowLargeAsync(shown, input, large.File, context.Reads, cancellationToken),
            FileContent.Missing missing => ToolResult.Error(missing.Explain()),
            FileContent.Refused refused => refused.Result,
            _ => throw new InvalidOperationException("A kind of file content without an answer."),
        };

    /// <summary>What was too long for a result and is read from the file that keeps it is from outside still.</summary>
    private static ToolResult Marked(ToolResult result, string whole) =>
        OutsideText.SourceOf(whole) is { } source
            ? result with
            {
                Text = "",
                Outside = new OutsideText(source, result.Text),
            }
            : result;

    private static ToolResult Show(string shown, FileContent.Image image) =>
        ToolResult.Ok($"{shown}: {image.MediaType}, {FileSize.Text(image.Bytes.Length)}") with
        {
            Images = [new ImagePart(image.MediaType, Convert.ToBase64String(image.Bytes))],
        };

    private static ToolResult Show(string shown, ReadFileInput input, FileContent.Text text, ReadTracker reads)
    {
        var notice = SeenText.RereadNotice(reads, text.RealPath, shown, text.Content.Text, text.File);
        SeenText.Record(reads, text.RealPath, text.Content.Text);
        return ShowLines(shown, input, text) with { Events = notice };
    }

    private static ToolResult ShowLines(string shown, ReadFileInput input, FileContent.Text text)
    {
        var lines = TextLines.Split(text.Content.Text);
        var notes = Notes(text, lines);
        if (lines.Count == 0)
        {
            return ToolResult.Ok($"{shown} is empty{notes}.");
        }

        var start = input.StartLine ?? 1;
        return start > lines.Count
            ? BeyondTheEnd(shown, start, lines.Count)
            : Page(
                shown,
                new Range(start, input.EndLine, lines.Count, lines.Count),
                notes,
                number => lines[number - 1].Content
            );
    }

    private static async Task<ToolResult> ShowLargeAsync(
        string shown,
        ReadFileInput input,
        FileInfo file,
        ReadTracker reads,
        CancellationToken cancellationToken
    )
    {
        if (input.StartLine is null && input.EndLine is null)
        {
            return ToolResult.Error(
                $"{shown} is {FileSize.Text(file.Length)}; files over {FileSize.Text(WorkspaceFiles.LargestText)} are not "
                    + "read whole. Give start_line and end_line, or search it with grep."
            );
        }

        reads.Record(file.FullName, TextVersion.Of(file));
        var start = input.StartLine ?? 1;
        var read = await LargeText.ReadAsync(
            file.FullName,
            start,
            input.EndLine ?? int.MaxValue,
            MostChars,
            cancellationToken
        );
        return read.Lines.Count == 0
            ? BeyondTheEnd(shown, start, read.Total)
            : Page(
                shown,
                new Range(start, input.EndLine, start + read.Lines.Count - 1, read.Total),
                read.Encoding == "utf-8" ? "" : $", {read.Encoding}",
                number => read.Lines[number - start]
            );
    }

    private static ToolResult Page(string shown, Range range, string notes, Func<int, string> lineAt)
    {
        var last = Math.Min(Math.Min(range.Wanted, range.Available), range.Start + MostLines - 1);
        var body = new StringBuilder();
        var number = range.Start;
        for (; number <= last && body.Length < MostChars; number++)
        {
            body.Append('\n').Append(number).Append('\t').Append(Cut(Utf8Codec.Presentable(lineAt(number))));
        }

        var end = number - 1;
        var more = end < range.Wanted ? $" Read on with start_line {end + 1}." : "";
        return ToolResult.Ok($"{shown}, lines {range.Start}-{end} of {range.Total}{notes}.{more}{body}");
    }

    private static string Cut(string line) =>
        line.Length <= LongestLine
            ? line
            : $"{line.AsSpan(0, LongestLine)}… [{line.Length - LongestLine} more characters in this line]";

    private static ToolResult BeyondTheEnd(string shown, int start, int total) =>
        ToolResult.Error($"{shown} has {total} lines; there is no line {start}.");

    private static string Notes(FileContent.Text text, List<TextLine> lines)
    {
        var notes = new StringBuilder();
        if (text.Document?.IsDirty == true)
        {
            notes.Append(", with unsaved changes in the editor");
        }

        if (text.Content.Codec != Utf8Codec.Plain)
        {
            notes.Append($", {text.Content.Codec.Name}");
        }

        var ending = TextLines.AreMixed(lines) ? "mixed" : TextLines.MainEnding(lines);
        notes.Append(
            ending switch
            {
                "\n" => "",
                "\r\n" => ", CRLF",
                "\r" => ", CR",
                _ => ", mixed line endings",
            }
        );
        return notes.ToString();
    }

    /// <param name="Start">First line to show.</param>
    /// <param name="End">Last line that was asked for; null for all.</param>
    /// <param name="Available">Last line at hand.</param>
    /// <param name="Total">Lines of the file.</param>
    private readonly record struct Range(int Start, int? End, int Available, int Total)
    {
        public int Wanted => Math.Min(End ?? Total, Total);
    }
}
