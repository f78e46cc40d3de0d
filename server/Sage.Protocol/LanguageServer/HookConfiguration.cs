using System.Text.Json.Serialization;
using Sage.Protocol.Json;

namespace Sage.Protocol.LanguageServer;

/// <summary>How hooks are run. Read from the user's own file only.</summary>
/// <param name="Enabled">False switches all hooks off, those of projects too; true when absent.</param>
/// <param name="Claude">Whether the hooks in <c>~/.claude/settings.json</c> run here, too; false when absent.</param>
/// <param name="Sandbox">Which hooks stand behind the walls of commands; those of projects when absent.</param>
/// <param name="Network">Whether hooks behind walls may use the network; false when absent.</param>
/// <param name="TimeoutSeconds">For hooks that say nothing of it; 60 when absent.</param>
public sealed record HookConfiguration(
    bool? Enabled = null,
    bool? Claude = null,
    HookSandbox? Sandbox = null,
    bool? Network = null,
    double? TimeoutSeconds = null
);

/// <summary>Which hooks stand behind the walls of commands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<HookSandbox>))]
public enum HookSandbox
{
    Project,
    All,
    None,
}
