using Sage.Tools.Files;

namespace Sage.Tools.Shell;

/// <summary>
/// The proof that a command only reads, and only below given folders, provided that no symbolic link on its
/// <paramref name="Paths"/> leads out of them: that is looked at right before it runs.
/// </summary>
/// <param name="Paths">Absolute; not every one exists, because patterns and numbers are held to the same rule.</param>
internal sealed record ReadOnlyProof(IReadOnlyList<string> Paths)
{
    private static readonly string[] SecretNames = [".npmrc", ".netrc", ".pypirc", ".git-credentials"];
    private static readonly string[] SecretPrefixes = [".env", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"];
    private static readonly string[] SecretExtensions = [".pem", ".key", ".p12", ".pfx"];

    /// <summary>Null when there is no proof; then the command has to be asked for.</summary>
    /// <param name="command">The command line.</param>
    /// <param name="folder">Where it would run; absolute.</param>
    /// <param name="readable">The folders it may read; absolute.</param>
    public static ReadOnlyProof? TryFind(string command, string folder, params ReadOnlySpan<string> readable)
    {
        // cmd.exe splits and expands by other rules.
        if (
            OperatingSystem.IsWindows()
            || ShellWords.TrySplit(command) is not [var name, .. var words]
            || ReadOnlyCommands.Find(name) is not { } known
            || !known.Accepts(words)
        )
        {
            return null;
        }

        List<string> paths = [folder];
        if (known.Operands is Operands.Paths or Operands.OnePath)
        {
            // Options and their values too: that costs a question at worst, and nothing depends on which is which.
            paths.AddRange(words.Select(word => Path.Combine(folder, ValueOf(word))));
        }

        foreach (var path in paths)
        {
            if (path.Split('/').Contains("..") || !IsWithinAny(readable, path) || LooksSecret(Path.GetFileName(path)))
            {
                return null;
            }
        }

        return new(paths);
    }

    private static bool IsWithinAny(ReadOnlySpan<string> folders, string path)
    {
        foreach (var folder in folders)
        {
            if (WorkspacePaths.IsWithin(folder, path))
            {
                return true;
            }
        }

        return false;
    }

    // --file=/etc/passwd
    private static string ValueOf(string word) =>
        word.StartsWith('-') && word.IndexOf('=') is var equals and > 0 ? word[(equals + 1)..] : word;

    private static bool LooksSecret(string name) =>
        SecretNames.Contains(name)
        || SecretExtensions.Contains(Path.GetExtension(name))
        || SecretPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
