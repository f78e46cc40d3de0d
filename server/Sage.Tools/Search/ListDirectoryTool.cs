using System.ComponentModel;
using System.Text;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Tools.Files;
using Sage.Tools.Schemas;
using Sage.Tools.Walking;

namespace Sage.Tools.Search;

internal sealed record ListDirectoryInput(
    [property: Description("Folder; default the workspace root.")] string? Path = null,
    [property: Description("Levels to show, default 1.")] int? Depth = null
);

/// <summary>Shows what is in a folder as a tree, without what git ignores.</summary>
internal sealed class ListDirectoryTool(WorkspacePaths paths)
    : Tool<ListDirectoryInput>(
        Name,
        "List a folder (folders end in /). What git ignores is left out.",
        ToolInputJson.Default.ListDirectoryInput,
        TimeSpan.FromSeconds(30)
    )
{
    private const string Name = "list_directory";
    private const int MostEntries = 500;

    protected override Preparation PrepareCall(ListDirectoryInput input, ToolContext context)
    {
        if (!WorkspacePaths.TryAbsolute(context.Workspace, input.Path ?? ".", out var fullPath, out var error))
        {
            return new Preparation.Rejected(error);
        }

        if (input.Depth < 1)
        {
            return new Preparation.Rejected("`depth` must be at least 1.");
        }

        var shown = context.Workspace.Display(fullPath);
        return new Preparation.Accepted(
            new PreparedCall(
                $"List {shown}",
                ResourceAccess.Read(fullPath),
                PermissionKey.OfPaths(PermissionKind.Read, Name, shown),
                token => Task.FromResult(Run(fullPath, input.Depth ?? 1, context, token))
            )
        );
    }

    private ToolResult Run(string fullPath, int depth, ToolContext context, CancellationToken cancellationToken)
    {
        if (!SearchFolder.TryFind(paths, context.Workspace, fullPath, out var folder, out var refusal))
        {
            return refusal;
        }

        var tree = Collect(folder, context.Workspace.Root, depth, cancellationToken);
        var shown = context.Workspace.Display(fullPath);
        if (tree.Children.Count == 0)
        {
            return ToolResult.Ok($"{shown}/ is empty, or git ignores all of it.");
        }

        var text = new StringBuilder($"{shown}/\n");
        Write(text, tree, "  ");
        if (tree.LeftOut)
        {
            text.Append($"[The first {MostEntries} entries; there are more. List a folder below, or use glob.]");
        }

        return ToolResult.Ok(text.ToString().TrimEnd('\n'));
    }

    // Level by level, so that a deep folder early in the alphabet cannot crowd out its neighbours.
    private static Node Collect(string folder, string root, int depth, CancellationToken cancellationToken)
    {
        var top = new Node(default, IgnoreScope.Of(folder, root), folder);
        List<Node> level = [top];
        var count = 0;
        for (var d = 0; d < depth && level.Count > 0; d++)
        {
            List<Node> next = [];
            foreach (var node in level)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var entry in WorkspaceWalk.List(node.Folder, node.Scope))
                {
                    if (count++ == MostEntries)
                    {
                        top.LeftOut = true;
                        return top;
                    }

                    var scope = entry.Kind == EntryKind.Folder ? node.Scope.Enter(entry.FullPath) : node.Scope;
                    var child = new Node(entry, scope, entry.FullPath);
                    node.Children.Add(child);
                    if (entry.Kind == EntryKind.Folder)
                    {
                        next.Add(child);
                    }
                }
            }

            level = next;
        }

        return top;
    }

    private static void Write(StringBuilder text, Node node, string indent)
    {
        foreach (var child in node.Children.OrderBy(static child => child.Entry.Kind != EntryKind.Folder))
        {
            text.Append(indent).Append(child.Entry.Name);
            text.Append(
                child.Entry.Kind switch
                {
                    EntryKind.Folder => "/",
                    EntryKind.Link => $" -> {new FileInfo(child.Entry.FullPath).LinkTarget}",
                    _ => "",
                }
            );
            Write(text.Append('\n'), child, indent + "  ");
        }
    }

    private sealed class Node(WalkedEntry entry, IgnoreScope scope, string folder)
    {
        public WalkedEntry Entry => entry;

        public IgnoreScope Scope => scope;

        public string Folder => folder;

        public List<Node> Children { get; } = [];

        public bool LeftOut { get; set; }
    }
}
