using System.Text;
using Sage.Agent.Workspaces;

namespace Sage.Extensibility.Memory.Rules;

/// <summary>A file with rules, and what it points at.</summary>
/// <param name="Text">The file.</param>
/// <param name="Imports">In the order in which the model reads them, behind it.</param>
internal sealed record RuleFile(RuleText Text, List<RuleText> Imports)
{
    /// <summary>Those that are there.</summary>
    /// <param name="places">Where they may be, in the order in which they count.</param>
    /// <param name="user">Whose <c>~</c> it is.</param>
    public static List<RuleFile> ReadAll(IEnumerable<RulePlace> places, UserFolders user)
    {
        var found = new List<RuleFile>();
        foreach (var place in places)
        {
            // One of them is often a copy of another, or a link to it: its text is worth its tokens once.
            if (RuleText.Read(place) is { } text && found.All(earlier => earlier.Text.ForModel != text.ForModel))
            {
                found.Add(new RuleFile(text, RuleImports.Of(text, user)));
            }
        }

        return found;
    }

    /// <summary>As the model gets it.</summary>
    public string ForModel
    {
        get
        {
            var text = new StringBuilder(Text.ForModel);
            foreach (var import in Imports)
            {
                text.Append("\n\n")
                    .Append(PlainText.OneLine(import.Place.Name))
                    .Append(":\n\n")
                    .Append(import.ForModel);
            }

            return text.ToString();
        }
    }
}
