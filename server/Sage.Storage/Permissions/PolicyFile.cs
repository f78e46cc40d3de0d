using System.Collections.Immutable;
using System.Text.Json;
using Sage.Agent.Permissions;
using Sage.Protocol.LanguageServer;
using Sage.Protocol.Permissions;

namespace Sage.Storage.Permissions;

/// <summary>The policy of the machine's administrator. It can deny and ask, and forbid modes; what it would allow counts for nothing.</summary>
/// <param name="Permissions">The rules.</param>
/// <param name="ForbiddenModes">Turns in these modes are asked as in mode ask.</param>
internal sealed record PolicyFile(
    PermissionConfiguration? Permissions = null,
    ImmutableArray<PermissionMode>? ForbiddenModes = null
)
{
    /// <summary>Where only an administrator can write.</summary>
    public static string Place { get; } =
        OperatingSystem.IsWindows()
            ? Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData),
                "Sage",
                "policy.json"
            )
        : OperatingSystem.IsMacOS() ? "/Library/Application Support/Sage/policy.json"
        : "/etc/sage/policy.json";

    public static FileRules Parse(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, LenientJson.ReaderOptions);
        var policy = JsonSerializer.Deserialize(ref reader, PermissionJson.Default.PolicyFile) ?? new PolicyFile();
        return FileRules.Of(policy.Permissions, new RuleSource(RuleSourceKind.Policy, Place)).OnlyRestricting() with
        {
            ForbiddenModes = policy.ForbiddenModes is { IsDefault: false } modes ? [.. modes] : [],
        };
    }
}
