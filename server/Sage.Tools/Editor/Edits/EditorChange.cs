using System.Collections.Immutable;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Tools.Files;
using Sage.Tools.Files.Changes;

namespace Sage.Tools.Editor.Edits;

/// <summary>
/// Makes calls whose changes a language server works out: it is asked once, before the user is, and what they were shown is what is
/// written, by the same means as every other edit. Which files that will be nobody knows before, so such a call writes everything.
/// </summary>
internal sealed class EditorChange(EditorAsking asking, FileRewriter rewriter)
{
    /// <param name="tool">The tool's name.</param>
    /// <param name="title">The file that is asked about, as people see it → one line for people.</param>
    /// <param name="path">That file, as the model wrote it.</param>
    /// <param name="context">The call.</param>
    /// <param name="find">Its real path → what would change.</param>
    public Preparation Prepare(
        string tool,
        Func<string, string> title,
        string path,
        ToolContext context,
        Func<string, CancellationToken, Task<FoundEdit>> find
    )
    {
        if (!WorkspacePaths.TryAbsolute(context.Workspace, path, out var fullPath, out var error))
        {
            return new Preparation.Rejected(error);
        }

        FoundEdit? found = null;
        var shown = context.Workspace.Display(fullPath);
        return new Preparation.Accepted(
            new PreparedCall(
                title(shown),
                ResourceAccess.WritesEverything,
                PermissionKey.OfPaths(PermissionKind.Edit, tool, shown),
                async token => await RunAsync(title(shown), await FindOnceAsync(token), context, token)
            )
            {
                PreflightAsync = async token => await PreviewAsync(tool, await FindOnceAsync(token), context, token),
            }
        );

        async Task<FoundEdit> FindOnceAsync(CancellationToken cancellationToken) =>
            found ??= await FindAsync(fullPath, context, find, cancellationToken);
    }

    private async Task<FoundEdit> FindAsync(
        string fullPath,
        ToolContext context,
        Func<string, CancellationToken, Task<FoundEdit>> find,
        CancellationToken cancellationToken
    )
    {
        if (!asking.TryFind(context.Workspace, fullPath, out var realPath, out var refusal))
        {
            return FoundEdit.Failed(refusal.Text);
        }

        try
        {
            return await find(realPath, cancellationToken);
        }
        catch (EditorSilentException silence)
        {
            return FoundEdit.Failed(silence.Message);
        }
    }

    private async Task<Preflight> PreviewAsync(
        string tool,
        FoundEdit found,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        var workspace = context.Workspace;
        return await FileChanger.PreviewAsync(token => PlanAsync(found, context, token), cancellationToken) with
        {
            Danger = found
                .Files.Select(file => DelicateFiles.ToChange(workspace, file.Path))
                .FirstOrDefault(danger => danger is not null),
            Permission = found.Files.IsEmpty
                ? null
                : PermissionKey.OfPaths(
                    PermissionKind.Edit,
                    tool,
                    [.. found.Files.Select(file => workspace.Display(file.Path))]
                ),
        };
    }

    private async Task<ToolResult> RunAsync(
        string title,
        FoundEdit found,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        var paths = found.Files.Select(static file => file.Path).ToImmutableArray();
        var result = await rewriter.RunAsync(
            context,
            paths,
            token => PlanAsync(found, context, token),
            cancellationToken
        );
        return result.Status == Protocol.Events.ToolCallStatus.Ok
            ? result with
            {
                Text = $"{title}: {LocationText.Count(paths.Length, "file")} changed.\n{result.Text}",
            }
            : result;
    }

    private async Task<ChangePlan> PlanAsync(FoundEdit found, ToolContext context, CancellationToken cancellationToken)
    {
        if (found.Error is { } problem)
        {
            return ChangePlan.Failed(problem);
        }

        var changes = ImmutableArray.CreateBuilder<FileChange>();
        HashSet<string> touched = new(StringComparer.Ordinal);
        foreach (var (path, edits) in found.Files)
        {
            var shown = context.Workspace.Display(path);
            var plan = await rewriter.PlanAsync(
                context.Workspace,
                path,
                content =>
                    FileText.Rewrite(shown, content, context.Reads, text => EditedText.Apply(shown, text, edits)),
                cancellationToken
            );
            if (plan.Error is { } error)
            {
                return ChangePlan.Failed(error with { Text = $"{error.Text} Nothing was changed." });
            }

            if (!plan.Changes.SelectMany(static change => change.RealPaths.AsEnumerable()).All(touched.Add))
            {
                return ChangePlan.Failed($"Two paths of the edit lead to {shown}. Nothing was changed.");
            }

            changes.AddRange(plan.Changes);
        }

        return new ChangePlan(changes.ToImmutable());
    }
}
