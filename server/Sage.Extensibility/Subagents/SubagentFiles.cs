using System.Collections.Immutable;
using Sage.Agent.Permissions;
using Sage.Agent.Subagents;
using Sage.Agent.Workspaces;
using Sage.Protocol.Subagents;

namespace Sage.Extensibility.Subagents;

/// <summary>Kinds of sub-agents as Markdown files: the workspace's, when it is trusted, and the user's own.</summary>
internal sealed class SubagentFiles(UserFolders user, WorkspaceTrust trust, ToolWords words) : ISubagentKinds
{
    public string UserFolder => SubagentFolder.OwnPath(user);

    public string? WorkspaceFolder(Workspace workspace) =>
        trust.IsGranted ? SubagentFolder.In(workspace).First().Path : null;

    public SubagentKindSet Read(Workspace workspace)
    {
        var kinds = new SortedDictionary<string, SubagentKind>(StringComparer.Ordinal);
        var problems = ImmutableArray.CreateBuilder<SubagentProblem>();
        var folders = trust.IsGranted ? SubagentFolder.In(workspace) : [];
        foreach (var folder in folders.Concat(SubagentFolder.Of(user)))
        {
            foreach (var name in folder.Files(workspace))
            {
                var file = new SubagentFile(folder, name, words);
                problems.AddRange(Add(kinds, file).Select(text => new SubagentProblem(text, file.Path)));
            }
        }

        return new SubagentKindSet([.. kinds.Values], problems.ToImmutable());
    }

    /// <returns>What the user should know of it.</returns>
    private static IEnumerable<string> Add(SortedDictionary<string, SubagentKind> kinds, SubagentFile file)
    {
        if (file.Read(out var problem) is not { } kind)
        {
            return [$"The sub-agent {file.Place} was left out: {problem}."];
        }

        return kinds.TryAdd(kind.Name, kind)
            ? file.Remarks.Select(remark => $"The sub-agent {file.Place}: {remark}.")
            : [$"The sub-agent {file.Place} was left out: {kinds[kind.Name].Place} has its name, too."];
    }
}
