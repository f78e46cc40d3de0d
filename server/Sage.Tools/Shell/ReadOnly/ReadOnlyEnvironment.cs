using System.Collections;
using System.Collections.Immutable;
using Sage.Tools.Files;

namespace Sage.Tools.Shell.ReadOnly;

/// <summary>
/// The variables for a command that is proven to only read. The environment is the user's own and trusted; this is about
/// what in it would let the files of a workspace decide what the command does.
/// </summary>
internal static class ReadOnlyEnvironment
{
    /// <param name="variables">What the command would inherit.</param>
    /// <param name="root">The workspace.</param>
    public static ImmutableDictionary<string, string> For(IDictionary variables, string root)
    {
        var changed = ImmutableDictionary.CreateBuilder<string, string>();
        // A configuration that can name a program to run, start-up files, and other folders for `cd`.
        foreach (var name in new[] { "RIPGREP_CONFIG_PATH", "BASH_ENV", "ENV", "CDPATH" })
        {
            changed[name] = "";
        }

        foreach (string name in variables.Keys)
        {
            // A function in the place of a command.
            if (name.StartsWith("BASH_FUNC_", StringComparison.Ordinal))
            {
                changed[name] = "";
            }
        }

        if (variables["PATH"] is string path)
        {
            var trusted = path.Split(Path.PathSeparator)
                .Where(folder => Path.IsPathRooted(folder) && !WorkspacePaths.IsWithin(root, Path.GetFullPath(folder)));
            changed["PATH"] = string.Join(Path.PathSeparator, trusted);
        }

        return changed.ToImmutable();
    }
}
