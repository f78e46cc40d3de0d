using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Sage.Agent.Extensions;
using Sage.Agent.Workspaces;
using Sage.Sandbox.Commands;

namespace Sage.Extensibility.Memory;

/// <summary>What a model would otherwise have to ask for first: platform, shell, date, repository, top-level entries.</summary>
internal sealed class WorkspaceFacts(TimeProvider time) : IPromptSource
{
    private const int Shown = 50;

    // To sort what is shown, all has to be seen; a folder of a million files must not cost a second per turn.
    private const int Seen = 2_000;

    public Task<ImmutableArray<PromptSection>> ReadAsync(Workspace workspace, CancellationToken cancellationToken) =>
        Task.Run(
            () => ImmutableArray.Create(new PromptSection("Workspace facts", Describe(workspace))),
            cancellationToken
        );

    // The date without the time: a prompt that changes each second would never be found in the provider's cache.
    private string Describe(Workspace workspace) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            - Platform: {RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture})
            - Shell: {UserShell.Current}
            - Date: {time.GetLocalNow():yyyy-MM-dd}
            - Root: {PlainText.OneLine(workspace.Root)}, {GitHead.Describe(workspace.Root)}
            - Top level: {Entries(workspace.Root)}
            """
        );

    private static string Entries(string root)
    {
        try
        {
            var seen = new DirectoryInfo(root)
                .EnumerateFileSystemInfos()
                .Where(entry => entry.Name != ".git")
                .Take(Seen)
                .Select(entry => (Name: PlainText.OneLine(entry.Name), IsFolder: entry is DirectoryInfo))
                .OrderByDescending(entry => entry.IsFolder)
                .ThenBy(entry => entry.Name, StringComparer.Ordinal)
                .Select(entry => entry.IsFolder ? entry.Name + "/" : entry.Name)
                .ToArray();
            return seen.Length switch
            {
                0 => "(empty)",
                <= Shown => string.Join(", ", seen),
                < Seen => $"{string.Join(", ", seen[..Shown])}, and {seen.Length - Shown} more",
                _ => $"{string.Join(", ", seen[..Shown])}, and many more",
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"(cannot be listed: {e.Message})";
        }
    }
}
