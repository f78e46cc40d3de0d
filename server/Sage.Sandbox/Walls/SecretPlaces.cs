namespace Sage.Sandbox.Walls;

/// <summary>Where programs keep a user's secrets. docs/security.md lists them for people: keep it in step.</summary>
internal static class SecretPlaces
{
    private static readonly string[] s_inHome =
    [
        // Keys.
        ".ssh",
        ".gnupg",
        ".password-store",
        ".local/share/keyrings",
        "Library/Keychains",
        // Clouds and registries.
        ".aws",
        ".azure",
        ".config/gcloud",
        ".kube",
        ".docker/config.json",
        ".netrc",
        "_netrc",
        ".npmrc",
        ".pypirc",
        ".cargo/credentials",
        ".cargo/credentials.toml",
        ".gem/credentials",
        ".m2/settings-security.xml",
        ".terraform.d/credentials.tfrc.json",
        ".config/gh/hosts.yml",
        ".git-credentials",
        ".config/git/credentials",
        // What was typed once.
        ".bash_history",
        ".zsh_history",
        // Browsers, mail and the editor's own secrets.
        ".mozilla",
        ".thunderbird",
        ".config/google-chrome",
        ".config/chromium",
        ".config/microsoft-edge",
        ".config/BraveSoftware",
        ".config/Code/User/globalStorage",
        "Library/Application Support/Firefox",
        "Library/Application Support/Google/Chrome",
        "Library/Application Support/Code/User/globalStorage",
        "Library/Cookies",
    ];

    // For everybody but the superuser they are unreadable anyway.
    private static readonly string[] s_ofSystem = ["/etc/shadow", "/etc/gshadow"];

    public static IEnumerable<string> Of(string home) =>
        s_inHome.Select(place => Path.Join(home, place)).Concat(s_ofSystem);

    /// <summary>What ssh needs besides keys; an agent has these.</summary>
    public static IEnumerable<string> Readable(string home)
    {
        var ssh = Path.Join(home, ".ssh");
        return [Path.Join(ssh, "config"), Path.Join(ssh, "known_hosts"), .. PublicKeys(ssh)];
    }

    private static string[] PublicKeys(string ssh)
    {
        try
        {
            return Directory.Exists(ssh) ? Directory.GetFiles(ssh, "*.pub") : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
