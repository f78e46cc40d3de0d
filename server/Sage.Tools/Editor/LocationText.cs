using System.Text;
using Sage.Agent.Workspaces;
using Sage.Protocol.EditorKnowledge;
using Sage.Tools.Files;

namespace Sage.Tools.Editor;

/// <summary>Writes places for the model, file by file; lines of files that it may not read along with others are left out.</summary>
internal static class LocationText
{
    public static string Of(FoundLocations found, Workspace workspace, HiddenFiles hidden)
    {
        var text = new StringBuilder();
        foreach (var file in found.Locations.GroupBy(static location => location.Path, StringComparer.Ordinal))
        {
            var isShown = WorkspacePaths.IsWithin(workspace.Root, file.Key) && hidden.WhyHidden(file.Key) is null;
            text.Append("\n\n").Append(workspace.Display(file.Key));
            foreach (var location in file)
            {
                text.Append('\n').Append(location.Line);
                if (isShown && location.Text is { Length: > 0 } line)
                {
                    text.Append(": ").Append(line);
                }
            }
        }

        return text.ToString();
    }

    /// <summary><c>1 file</c>, <c>3 files</c>.</summary>
    public static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count:N0} {what}s";

    /// <summary>Said when not everything is told; else empty.</summary>
    public static string Rest(int told, int count) => told < count ? $"\n[The first {told:N0} of {count:N0}.]" : "";
}
