using System.Collections.Immutable;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Tools.Files.Changes;
using Sage.Tools.Files.Disk;

namespace Sage.Tools.Files;

/// <summary>
/// Changes files where they live: through the editor when they are open there, else on disk. Everything that is not changed keeps
/// its bytes.
/// </summary>
public sealed class FileRewriter(WorkspaceFiles files, IFileImages images)
{
    private readonly FileChanger _changer = new(images);

    internal WorkspaceFiles Files => files;

    /// <summary>A call that changes the text of one file: previewed before the user is asked, made afterwards.</summary>
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
        return Prepare(
            $"{verb} {shown}",
            tool,
            [fullPath],
            context,
            token => PlanAsync(context.Workspace, fullPath, content => rewrite(shown, content), token)
        );
    }

    /// <summary>A call that changes files, all of them or none.</summary>
    /// <param name="title">One line for people.</param>
    /// <param name="tool">The tool's name.</param>
    /// <param name="fullPaths">Every file that it may touch.</param>
    /// <param name="context">The call.</param>
    /// <param name="plan">Works the changes out.</param>
    internal Preparation.Accepted Prepare(
        string title,
        string tool,
        ImmutableArray<string> fullPaths,
        ToolContext context,
        Func<CancellationToken, Task<ChangePlan>> plan
    ) =>
        new(
            new PreparedCall(
                title,
                ResourceAccess.Write(fullPaths),
                PermissionKey.OfPaths(PermissionKind.Edit, tool, [.. fullPaths.Select(context.Workspace.Display)]),
                token => RunAsync(context, fullPaths, plan, token)
            )
            {
                PreflightAsync = async token =>
                    await FileChanger.PreviewAsync(plan, token) with
                    {
                        Danger = fullPaths
                            .Select(path => DelicateFiles.ToChange(context.Workspace, path))
                            .FirstOrDefault(danger => danger is not null),
                    },
            }
        );

    /// <summary>Makes the changes of a call that was let through.</summary>
    /// <param name="context">The call.</param>
    /// <param name="fullPaths">Every file that it may touch.</param>
    /// <param name="plan">Works the changes out.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal async Task<ToolResult> RunAsync(
        ToolContext context,
        ImmutableArray<string> fullPaths,
        Func<CancellationToken, Task<ChangePlan>> plan,
        CancellationToken cancellationToken
    )
    {
        List<string> realPaths = [];
        foreach (var fullPath in fullPaths)
        {
            if (!files.Paths.TryForWriting(context.Workspace, fullPath, out var realPath, out var refusal))
            {
                return refusal;
            }

            realPaths.Add(realPath);
        }

        return await _changer.RunAsync(context, realPaths, plan, cancellationToken);
    }

    /// <param name="workspace">The guard's root.</param>
    /// <param name="fullPath">From <see cref="WorkspacePaths.TryAbsolute"/>.</param>
    /// <param name="rewrite">What is there → what shall be there.</param>
    internal async Task<ChangePlan> PlanAsync(
        Workspace workspace,
        string fullPath,
        Func<FileContent, Rewriting> rewrite,
        CancellationToken cancellationToken
    )
    {
        var shown = workspace.Display(fullPath);
        if (!files.Paths.TryForWriting(workspace, fullPath, out var realPath, out var refusal))
        {
            return ChangePlan.Failed(refusal);
        }

        var content = await files.LoadAsync(workspace, fullPath, WorkspaceFiles.LargestEdited, cancellationToken);
        if (content is FileContent.Refused refused)
        {
            return ChangePlan.Failed(refused.Result);
        }

        var rewriting = rewrite(content);
        if (rewriting.Error is { } error)
        {
            return ChangePlan.Failed(error);
        }

        var plan = RewritePlan.Of(shown, realPath, content, rewriting);
        var file = new FileInfo(realPath);
        return plan.Error is { } problem ? ChangePlan.Failed(problem)
            : plan.Target == RewriteTarget.Disk && file is { Exists: true, IsReadOnly: true }
                ? ChangePlan.Failed($"{shown} is read-only. Ask the user, or change its mode first.")
            : file.Exists && FileStatus.Of(realPath) is { IsRegular: false }
                ? ChangePlan.Failed($"{shown} is a pipe, a socket or a device and cannot be written.")
            : new ChangePlan([new RewriteChange(files, workspace, shown, plan)]);
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
