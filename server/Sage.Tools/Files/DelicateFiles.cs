using System.Collections.Immutable;
using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;

namespace Sage.Tools.Files;

/// <summary>Files that nobody should read or change without the user knowing: they hold secrets, or something obeys them.</summary>
internal static class DelicateFiles
{
    private static readonly string[] SecretNames =
    [
        ".env",
        ".npmrc",
        ".netrc",
        "_netrc",
        ".pypirc",
        ".git-credentials",
        ".pgpass",
        ".my.cnf",
        ".htpasswd",
        ".dockercfg",
        "credentials",
        "secrets.json",
        "secrets.yml",
        "secrets.yaml",
        "master.key",
        "kubeconfig",
    ];
    private static readonly string[] SecretPrefixes = [".env.", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"];
    private static readonly string[] SecretExtensions =
    [
        ".pem",
        ".key",
        ".p12",
        ".pfx",
        ".jks",
        ".keystore",
        ".kdbx",
        ".ppk",
        ".gpg",
        ".tfvars",
    ];

    // What is written to show how it is done.
    private static readonly string[] Examples = [".example", ".sample", ".template", ".dist", ".pub"];

    private static readonly string[] ObeyedFolders =
    [
        ".vscode",
        ".idea",
        ".devcontainer",
        ".husky",
        ".githooks",
        ".sage",
        ".claude",
    ];
    private static readonly ImmutableHashSet<string> ObeyedNames = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ".envrc",
        ".mcp.json",
        ".gitconfig",
        ".gitmodules",
        ".devcontainer.json",
        ".pre-commit-config.yaml"
    );

    /// <param name="name">Of a file, without its folder.</param>
    public static bool LooksSecret(ReadOnlySpan<char> name)
    {
        foreach (var example in Examples)
        {
            if (name.EndsWith(example, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return IsAnyOf(name, SecretNames) || StartsWithAny(name, SecretPrefixes) || EndsWithAny(name, SecretExtensions);
    }

    /// <summary>What the user should know before a file is read; looks where links lead.</summary>
    public static Danger? ToRead(Workspace workspace, string fullPath) =>
        LooksSecret(Path.GetFileName(fullPath.AsSpan()))
        || LooksSecret(Path.GetFileName(RealPath.Resolve(fullPath).AsSpan()))
            ? new Danger(
                $"{workspace.Display(fullPath)} may hold secrets, which would be sent to the model.",
                DangerLevel.Notable
            )
            : null;

    /// <summary>What the user should know before a file is changed; looks where links lead.</summary>
    public static Danger? ToChange(Workspace workspace, string fullPath) =>
        ToRead(workspace, fullPath)
        ?? (
            IsObeyed(workspace, fullPath) || IsObeyed(workspace, RealPath.Resolve(fullPath))
                ? new Danger(
                    $"Other programs obey {workspace.Display(fullPath)}: what is written there may be run without asking.",
                    DangerLevel.Notable
                )
                : null
        );

    private static bool IsObeyed(Workspace workspace, string path)
    {
        var parts = workspace.Display(path).Split('/');
        return ObeyedNames.Contains(parts[^1])
            || parts[^1].EndsWith(".code-workspace", StringComparison.OrdinalIgnoreCase)
            || parts.SkipLast(1).Any(part => ObeyedFolders.Contains(part, StringComparer.OrdinalIgnoreCase));
    }

    private static bool IsAnyOf(ReadOnlySpan<char> name, string[] names)
    {
        foreach (var known in names)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool StartsWithAny(ReadOnlySpan<char> name, string[] prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsWithAny(ReadOnlySpan<char> name, string[] extensions)
    {
        foreach (var extension in extensions)
        {
            if (name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
