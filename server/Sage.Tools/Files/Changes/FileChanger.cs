using System.Collections.Immutable;
using Sage.Agent.Extensions;
using Sage.Agent.ToolCalls;

namespace Sage.Tools.Files.Changes;

/// <summary>
/// Makes the changes of a call to one or more files: all of them or none. What is about to go is kept first; when a change fails,
/// those before it are taken back.
/// </summary>
internal sealed class FileChanger(IFileImages images)
{
    private const int Attempts = 2;

    private readonly FileLocks _locks = new();

    /// <summary>The preview of what a call would do.</summary>
    public static async Task<Preflight> PreviewAsync(
        Func<CancellationToken, Task<ChangePlan>> plan,
        CancellationToken cancellationToken
    )
    {
        var (changes, error) = await plan(cancellationToken);
        return new Preflight([.. changes.SelectMany(static change => change.Previews)], error);
    }

    /// <param name="context">The call.</param>
    /// <param name="realPaths">Every file that it may touch.</param>
    /// <param name="plan">Works the changes out; once more when a file changes meanwhile.</param>
    public async Task<ToolResult> RunAsync(
        ToolContext context,
        IEnumerable<string> realPaths,
        Func<CancellationToken, Task<ChangePlan>> plan,
        CancellationToken cancellationToken
    )
    {
        using var held = await _locks.EnterAsync(realPaths, cancellationToken);
        var keeper = new ImageKeeper(images, context.SessionId);
        ToolResult? problem = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (changes, error) = await plan(cancellationToken);
            problem = error ?? await KeepAsync(changes, keeper, cancellationToken);
            if (problem is not null)
            {
                return problem;
            }

            await context.BeforeChangeAsync(
                changes.SelectMany(static change => change.RealPaths.AsEnumerable()),
                cancellationToken
            );
            var making = new ChangeSequence(changes);
            if (await making.TryMakeAsync(cancellationToken))
            {
                return await FinishAsync(changes, context, keeper, cancellationToken);
            }

            problem = ToolResult.Error(making.Problem);
            if (!making.MayTryAgain)
            {
                break;
            }
        }

        return problem!;
    }

    private static async Task<ToolResult?> KeepAsync(
        ImmutableArray<FileChange> changes,
        ImageKeeper keeper,
        CancellationToken cancellationToken
    )
    {
        foreach (var change in changes)
        {
            try
            {
                await change.KeepAsync(keeper, cancellationToken);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                var what = changes.Length == 1 ? "it was not" : "no file was";
                return ToolResult.Error(
                    $"What {change.Shown} holds could not be kept, so {what} changed. {error.Message}"
                );
            }
        }

        return null;
    }

    private static async Task<ToolResult> FinishAsync(
        IEnumerable<FileChange> changes,
        ToolContext context,
        ImageKeeper keeper,
        CancellationToken cancellationToken
    )
    {
        List<ChangeReport> reports = [];
        foreach (var change in changes)
        {
            reports.Add(await change.FinishAsync(context, keeper, cancellationToken));
        }

        return ToolResult.Ok(string.Join('\n', reports.Select(static report => report.Text))) with
        {
            Events = [.. reports.SelectMany(static report => report.Events)],
        };
    }
}
