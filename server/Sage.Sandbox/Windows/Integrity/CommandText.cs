using System.Diagnostics;
using System.Text;

namespace Sage.Sandbox.Windows.Integrity;

/// <summary>A program's arguments and environment as Windows takes them: each as one text.</summary>
internal static class CommandText
{
    /// <summary>The command line; arguments in a list are quoted as the C runtime takes them apart again.</summary>
    public static string Line(ProcessStartInfo start)
    {
        var line = new StringBuilder();
        Quote(line, start.FileName);
        if (start.ArgumentList.Count == 0)
        {
            return line.Append(' ').Append(start.Arguments).ToString();
        }

        foreach (var argument in start.ArgumentList)
        {
            Quote(line.Append(' '), argument);
        }

        return line.ToString();
    }

    /// <summary>Every variable ends with a zero, and the last one with two. The system wants them in order.</summary>
    public static string Environment(IEnumerable<KeyValuePair<string, string?>> variables)
    {
        var block = new StringBuilder();
        foreach (var (name, value) in variables.OrderBy(variable => variable.Key, StringComparer.OrdinalIgnoreCase))
        {
            block.Append(name).Append('=').Append(value).Append('\0');
        }

        return block.Append('\0').ToString();
    }

    private static void Quote(StringBuilder line, string argument)
    {
        if (argument.Length > 0 && !argument.Any(c => c is '"' || char.IsWhiteSpace(c)))
        {
            line.Append(argument);
            return;
        }

        line.Append('"');
        var slashes = 0;
        foreach (var c in argument)
        {
            // Backslashes count only before a quotation mark, and there twice.
            line.Append('\\', c == '"' ? slashes + 1 : 0).Append(c);
            slashes = c == '\\' ? slashes + 1 : 0;
        }

        line.Append('\\', slashes).Append('"');
    }
}
