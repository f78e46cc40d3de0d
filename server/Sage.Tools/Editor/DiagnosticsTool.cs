using System.Collections.Immutable;
using System.ComponentModel;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Protocol.EditorKnowledge;
using Sage.Tools.Schemas;

namespace Sage.Tools.Editor;

internal sealed record DiagnosticsInput([property: Description("Default: everywhere.")] string? Path = null);

/// <summary>Tells the problems that the editor's language servers report.</summary>
internal sealed class DiagnosticsTool(EditorAsking asking)
    : EditorTool<DiagnosticsInput>(
        asking,
        Name,
        "Errors and warnings that the editor reports, of every language server the user runs.",
        ToolInputJson.Default.DiagnosticsInput
    )
{
    private const string Name = "diagnostics";
    private const int Most = 100;

    // For those that have not been reported since the file was changed.
    private const int WaitMs = 1_500;

    protected override Preparation PrepareCall(DiagnosticsInput input, ToolContext context) =>
        string.IsNullOrEmpty(input.Path)
            ? EditorAsking.OfWorkspace(
                Name,
                "List problems",
                context,
                async token => Report(await ReadAsync(context.Workspace, null, token), "the workspace", context)
            )
            : Asking.OfFile(
                Name,
                static shown => $"List problems of {shown}",
                input.Path,
                context,
                async (path, token) =>
                    Report(await ReadAsync(context.Workspace, path, token), context.Workspace.Display(path), context)
            );

    private Task<ReadDiagnosticsResult> ReadAsync(
        Workspace workspace,
        string? path,
        CancellationToken cancellationToken
    )
    {
        ImmutableArray<string>? paths = path is null ? null : [path];
        return Editor.ReadDiagnosticsAsync(
            new ReadDiagnosticsParams(workspace.Root, Most, paths, path is null ? 0 : WaitMs),
            cancellationToken
        );
    }

    private ToolResult Report(ReadDiagnosticsResult found, string where, ToolContext context)
    {
        var hidden = Asking.HiddenIn(context.Workspace);
        var told = found.Diagnostics.Where(diagnostic => hidden.WhyHidden(diagnostic.Path) is null).ToList();
        var unseen = found.Unseen.IsEmpty ? "" : " No tab shows it, and some language servers look at open files only.";
        var count = found.Errors + found.Warnings + found.Others;
        if (count == 0)
        {
            return ToolResult.Ok($"The editor reports no problems in {where}.{unseen}");
        }

        var lines = told.Select(diagnostic =>
            DiagnosticText.Line(diagnostic, context.Workspace.Display(diagnostic.Path))
        );
        var left = found.Diagnostics.Length - told.Count;
        var note = left > 0 ? $" {left} in files that are not shown along with others are left out." : "";
        return ToolResult.Ok(
            $"The editor reports {Counts(found)} in {where}.{unseen}{note}{LocationText.Rest(found.Diagnostics.Length, count)}"
        ) with
        {
            Outside =
                told.Count == 0
                    ? null
                    : new OutsideText(DiagnosticText.Source, string.Join('\n', lines)) { IsTrusted = true },
        };
    }

    private static string Counts(ReadDiagnosticsResult found)
    {
        string[] counts =
        [
            .. found.Errors > 0 ? [LocationText.Count(found.Errors, "error")] : Array.Empty<string>(),
            .. found.Warnings > 0 ? [LocationText.Count(found.Warnings, "warning")] : Array.Empty<string>(),
            .. found.Others > 0 ? [$"{found.Others:N0} of less weight"] : Array.Empty<string>(),
        ];
        return string.Join(", ", counts);
    }
}
