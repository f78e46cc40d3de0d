using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Protocol.Events;
using Sage.Tools.Editing;
using Sage.Tools.Text;

namespace Sage.Tools.Files;

/// <summary>
/// Changes the text of a file where it lives: through the editor when it is open there, else on disk. Everything that is
/// not changed keeps its bytes.
/// </summary>
public sealed class FileRewriter(WorkspaceFiles files)
{
    private readonly FileLocks _locks = new();

    /// <summary>A call that changes one file: previewed before the user is asked, made afterwards.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="verb">What it does to the file, for people.</param>
    /// <param name="path">As the model wrote it.</param>
    /// <param name="context">The call.</param>
    /// <param name="rewrite">The file, as messages name it, and what is there → what shall be there.</param>
    internal Preparation Prepare(
        string tool,
        string verb,
        string path,
        ToolContext context,
        Func<string, FileContent, Rewriting> rewrite
    )
    {
        if (!WorkspacePaths.TryAbsolute(context.Workspace, path, out var fullPath, out var error))
        {
            return new Preparation.Rejected(error);
        }

        var shown = context.Workspace.Display(fullPath);
        return new Preparation.Accepted(
            new PreparedCall(
                $"{verb} {shown}",
                ResourceAccess.Write(fullPath),
                new PermissionKey(PermissionKind.Edit, $"{tool}({shown})"),
                token => RewriteAsync(context, fullPath, content => rewrite(shown, content), token)
            )
            {
                PreflightAsync = token =>
                    PreviewAsync(context.Workspace, fullPath, content => rewrite(shown, content), token),
            }
        );
    }

    private async Task<Preflight> PreviewAsync(
        Workspace workspace,
        string fullPath,
        Func<FileContent, Rewriting> rewrite,
        CancellationToken cancellationToken
    )
    {
        var plan = await PlanAsync(workspace, fullPath, rewrite, cancellationToken);
        return plan.Error is not null
            ? new Preflight(Error: plan.Error)
            : new Preflight(Preview: new FileDiff(workspace.Display(plan.RealPath), plan.Kind, plan.Diff!.ToHunks()));
    }

    // When the file changes meanwhile, the change is worked out once more.
    private async Task<ToolResult> RewriteAsync(
        ToolContext context,
        string fullPath,
        Func<FileContent, Rewriting> rewrite,
        CancellationToken cancellationToken
    )
    {
        const int attempts = 2;
        var shown = context.Workspace.Display(fullPath);
        if (!files.Paths.TryForWriting(context.Workspace, fullPath, out var realPath, out var refusal))
        {
            return refusal;
        }

        using var held = await _locks.EnterAsync(realPath, cancellationToken);
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            var plan = await PlanAsync(context.Workspace, fullPath, rewrite, cancellationToken);
            if (plan.Error is not null)
            {
                return plan.Error;
            }

            if (await TryWriteAsync(plan, cancellationToken))
            {
                return await ReportAsync(context, shown, plan, cancellationToken);
            }
        }

        return ToolResult.Error(
            $"{shown} changed while it was being edited, or the editor refused the change. Nothing was written. Read it again and retry."
        );
    }

    private async Task<RewritePlan> PlanAsync(
        Workspace workspace,
        string fullPath,
        Func<FileContent, Rewriting> rewrite,
        CancellationToken cancellationToken
    )
    {
        if (!files.Paths.TryForWriting(workspace, fullPath, out var realPath, out var refusal))
        {
            return RewritePlan.Failed(refusal);
        }

        var content = await files.LoadAsync(workspace, fullPath, cancellationToken);
        if (content is FileContent.Refused refused)
        {
            return RewritePlan.Failed(refused.Result);
        }

        var rewriting = rewrite(content);
        if (rewriting.Error is not null)
        {
            return RewritePlan.Failed(ToolResult.Error(rewriting.Error));
        }

        var plan = RewritePlan.Of(workspace.Display(fullPath), realPath, content, rewriting);
        return
            plan.Error is null
            && plan.Target == RewriteTarget.Disk
            && new FileInfo(realPath) is { Exists: true, IsReadOnly: true }
            ? RewritePlan.Failed(
                ToolResult.Error($"{workspace.Display(fullPath)} is read-only. Ask the user, or change its mode first.")
            )
            : plan;
    }

    private async Task<bool> TryWriteAsync(RewritePlan plan, CancellationToken cancellationToken)
    {
        if (plan.Target == RewriteTarget.Editor)
        {
            return await files.Documents.TryReplaceAsync(
                plan.Document!.FullPath,
                plan.Document.Version,
                plan.NewText,
                cancellationToken
            );
        }

        if (!plan.IsCurrent())
        {
            return false;
        }

        await AtomicFile.WriteAsync(plan.RealPath, plan.NewBytes!, cancellationToken);
        return true;
    }

    private async Task<ToolResult> ReportAsync(
        ToolContext context,
        string shown,
        RewritePlan plan,
        CancellationToken cancellationToken
    )
    {
        var (final, diff, notes) = (plan.NewText, plan.Diff!, plan.Note);
        var staysDirty = plan is { Target: RewriteTarget.Editor, Document.IsDirty: true };
        if (staysDirty)
        {
            notes +=
                " It has unsaved changes in the editor and stays unsaved: commands still see the old text on disk.";
        }
        else if (
            plan.Target == RewriteTarget.Editor
            && await files.LoadAsync(context.Workspace, plan.RealPath, cancellationToken) is FileContent.Text saved
            && saved.Content.Text != final
        )
        {
            final = saved.Content.Text;
            diff = LineDiff.Between(TextLines.WithLf(plan.OldText), TextLines.WithLf(final));
            notes += " Saving it in the editor changed it further (format on save); the diff includes that.";
        }

        context.Reads.Record(plan.RealPath, TextVersion.Of(final));
        var hunks = diff.ToHunks();
        var verb = plan.Kind == FileChangeKind.Created ? "Created" : "Edited";
        var body = plan.Kind == FileChangeKind.Created || hunks.IsEmpty ? "" : "\n" + DiffText.Of(hunks);
        return ToolResult.Ok($"{verb} {shown} (+{diff.Added} -{diff.Removed}).{notes}{body}") with
        {
            Events = [new FileChanged(context.CallId, context.Workspace.Display(plan.RealPath), plan.Kind, hunks)],
        };
    }
}

/// <summary>What the text of a file shall become.</summary>
/// <param name="NewText">With LF, or any endings when the file is new.</param>
/// <param name="Error">Why it cannot be; the model reads it.</param>
/// <param name="Note">A sentence for the model, with a space before it.</param>
internal sealed record Rewriting(string NewText, string? Error = null, string Note = "")
{
    public static Rewriting Failed(string error) => new("", error);
}
