using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Tools.Editing;
using Sage.Tools.Editing.Patching;
using Sage.Tools.Files.Changes;

namespace Sage.Tools.Files.Patching;

/// <summary>The sections of a patch with the files they mean.</summary>
internal sealed class PatchedFiles
{
    private const string NoneChanged = "No file of the patch was changed.";

    private readonly List<(PatchSection Section, string Path, string? MoveTo)> _sections = [];

    /// <summary>Every file that the patch may touch, in its order.</summary>
    public ImmutableArray<string> FullPaths =>
        [
            .. _sections
                .SelectMany(static item => item.MoveTo is null ? [item.Path] : new[] { item.Path, item.MoveTo })
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>Does not look at the disk.</summary>
    public static bool TryRead(
        ImmutableArray<PatchSection> sections,
        Workspace workspace,
        out PatchedFiles files,
        [NotNullWhen(false)] out string? error
    )
    {
        files = new PatchedFiles();
        error = null;
        foreach (var section in sections)
        {
            string? moveTo = null;
            if (
                !WorkspacePaths.TryAbsolute(workspace, section.Path, out var path, out error)
                || section is PatchSection.Update { MoveTo: { } wanted }
                    && !WorkspacePaths.TryAbsolute(workspace, wanted, out moveTo, out error)
            )
            {
                return false;
            }

            files.Add(section, path, moveTo == path ? null : moveTo);
        }

        return true;
    }

    public async Task<ChangePlan> PlanAsync(
        FileRewriter rewriter,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        var changes = ImmutableArray.CreateBuilder<FileChange>();
        HashSet<string> touched = new(StringComparer.Ordinal);
        foreach (var (section, path, moveTo) in _sections)
        {
            var plan = await PlanAsync(rewriter, context, section, path, moveTo, cancellationToken);
            if (plan.Error is { } error)
            {
                return ChangePlan.Failed(error with { Text = $"{error.Text} {NoneChanged}" });
            }

            if (
                plan.Changes.SelectMany(static change => change.RealPaths).FirstOrDefault(real => !touched.Add(real)) is
                { } twice
            )
            {
                return ChangePlan.Failed(
                    $"{context.Workspace.Display(twice)} is named in two sections of the patch. Put all its changes into one `*** Update File`. {NoneChanged}"
                );
            }

            changes.AddRange(plan.Changes);
        }

        return new ChangePlan(changes.ToImmutable());
    }

    // Two sections that update one file are one that has all their hunks.
    private void Add(PatchSection section, string path, string? moveTo)
    {
        var earlier = _sections.FindIndex(item => item.Path == path);
        if (
            earlier >= 0
            && moveTo is null
            && section is PatchSection.Update update
            && _sections[earlier].Section is PatchSection.Update first
        )
        {
            var both = first with { Hunks = first.Hunks.AddRange(update.Hunks) };
            _sections[earlier] = (both, path, _sections[earlier].MoveTo);
        }
        else
        {
            _sections.Add((section, path, moveTo));
        }
    }

    private static Task<ChangePlan> PlanAsync(
        FileRewriter rewriter,
        ToolContext context,
        PatchSection section,
        string path,
        string? moveTo,
        CancellationToken cancellationToken
    )
    {
        var workspace = context.Workspace;
        var shown = workspace.Display(path);
        return (section, moveTo) switch
        {
            (PatchSection.Add add, _) => rewriter.PlanAsync(
                workspace,
                path,
                content => Create(shown, content, add.Text),
                cancellationToken
            ),
            (PatchSection.Delete, _) => DeleteChange.PlanAsync(rewriter.Files, context, path, cancellationToken),
            (PatchSection.Update { Hunks: var hunks }, null) => rewriter.PlanAsync(
                workspace,
                path,
                content => Change(shown, content, hunks, context.Reads),
                cancellationToken
            ),
            (PatchSection.Update { Hunks: var hunks }, { } target) => MoveChange.PlanAsync(
                rewriter.Files,
                workspace,
                path,
                target,
                hunks.IsEmpty ? null : content => Change(shown, content, hunks, context.Reads),
                cancellationToken
            ),
            _ => throw new InvalidOperationException("A section of a patch without a plan."),
        };
    }

    private static Rewriting Create(string shown, FileContent content, string text) =>
        OmissionMark.FindNew(text, before: null) is { } mark
            ? Rewriting.Failed($"The patch adds the placeholder “{mark}” to {shown} instead of text. Give all of it.")
        : content is FileContent.Missing or FileContent.Text { Content.Text: "" } ? new Rewriting(text)
        : Rewriting.Failed($"{shown} exists already. Use `*** Update File`, or write_file to replace all of it.");

    private static Rewriting Change(
        string shown,
        FileContent content,
        ImmutableArray<PatchHunk> hunks,
        ReadTracker reads
    ) =>
        FileText.Rewrite(
            shown,
            content,
            reads,
            text =>
                hunks.IsEmpty
                    ? new EditOutcome(text, $"The patch says nothing of {shown}.")
                    : PatchScript.Apply(shown, text, hunks)
        );
}
