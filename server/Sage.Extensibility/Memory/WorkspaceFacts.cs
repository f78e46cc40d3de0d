using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Sage.Agent.Extensions;
using Sage.Agent.Workspaces;
using Sage.Sandbox.Commands;

namespace Sage.Extensibility.Memory;

/// <summary>
/// What a model would otherwise have to ask for first: platform, shell, workspace, date. Only what stays as it is for a whole
/// session: a list of files or the branch would change under way, and the provider would read everything behind it anew.
/// </summary>
internal sealed class WorkspaceFacts(TimeProvider time) : IPromptSource
{
    public Task<ImmutableArray<PromptSection>> ReadAsync(
        Workspace workspace,
        DateTimeOffset sessionStarted,
        CancellationToken cancellationToken
    ) =>
        Task.Run(
            () => ImmutableArray.Create(new PromptSection("Environment", Describe(workspace, sessionStarted))),
            cancellationToken
        );

    private string Describe(Workspace workspace, DateTimeOffset sessionStarted) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            - Platform: {RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture})
            - Shell of run_command: {UserShell.Current}
            - Workspace root: {PlainText.OneLine(workspace.Root)}, {(
                GitFolder.IsAbove(workspace.Root) ? "in a git repository" : "not in a git repository"
            )}
            - Date when this session began: {TimeZoneInfo.ConvertTime(sessionStarted, time.LocalTimeZone):yyyy-MM-dd}
            """
        );
}
