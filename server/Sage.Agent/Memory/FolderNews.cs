using Sage.Agent.Context;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;

namespace Sage.Agent.Memory;

/// <summary>
/// Tells the model the rules of a folder with the first result from inside it, and again when they have changed, or when the
/// conversation was made shorter and may have lost them.
/// </summary>
internal sealed class FolderNews(IFolderRules rules, Workspace workspace, Conversation conversation)
{
    private readonly Dictionary<string, Told> _told = new(StringComparer.Ordinal);

    /// <summary>What stands behind the result of a call; empty when there is nothing to tell.</summary>
    /// <param name="access">What the call has touched.</param>
    public string After(ResourceAccess access)
    {
        var paths = access.Files.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        return string.Concat(
            rules
                .Find(workspace, paths)
                // Who reads the file itself knows what it says, and is not told again.
                .Where(found => IsNews(found) && !paths.Contains(found.Path))
                .Select(found => $"\n\n[Rules from {found.Name}, for what is in its folder:]\n\n{found.Text}")
        );
    }

    private bool IsNews(FolderRules found)
    {
        var now = new Told(found.Text, conversation.Compactions);
        lock (_told)
        {
            var isNews = !_told.TryGetValue(found.Path, out var before) || before != now;
            _told[found.Path] = now;
            return isNews;
        }
    }

    /// <param name="Text">The rules as they were.</param>
    /// <param name="Compactions">How often the conversation had been made shorter.</param>
    private sealed record Told(string Text, int Compactions);
}
