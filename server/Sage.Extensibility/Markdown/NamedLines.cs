using System.Text;

namespace Sage.Extensibility.Markdown;

/// <summary>Tells the model of what people keep in files, a line for each, as long as there is room.</summary>
internal static class NamedLines
{
    /// <param name="use">What they are for.</param>
    /// <param name="all">Each with its name and what it says of itself, in order.</param>
    /// <param name="mostCharacters">How long the text may be.</param>
    /// <param name="others">What to do with those for which there is no room.</param>
    public static string Of(
        string use,
        IReadOnlyCollection<(string Name, string Description)> all,
        int mostCharacters,
        string others
    )
    {
        var text = new StringBuilder(use);
        var listed = 0;
        foreach (var (name, description) in all)
        {
            var line = $"\n- {name}: {description}";
            if (text.Length + line.Length > mostCharacters)
            {
                break;
            }

            text.Append(line);
            listed++;
        }

        return listed == all.Count
            ? text.ToString()
            : text.Append($"\n{all.Count - listed} more are not listed here: {others}.").ToString();
    }
}
