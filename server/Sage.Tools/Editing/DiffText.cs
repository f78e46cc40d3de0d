using System.Collections.Immutable;
using System.Text;
using Sage.Protocol.Events;

namespace Sage.Tools.Editing;

/// <summary>Writes hunks as a unified diff.</summary>
internal static class DiffText
{
    public static string Of(ImmutableArray<Hunk> hunks)
    {
        var text = new StringBuilder();
        foreach (var hunk in hunks)
        {
            text.Append($"@@ -{hunk.OldStart},{hunk.OldLines} +{hunk.NewStart},{hunk.NewLines} @@\n");
            text.AppendJoin('\n', hunk.Lines).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }
}
