using System.Text.Json;
using Sage.Agent.Hooks;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;

namespace Sage.Storage.Settings;

/// <summary>What <c>settings.json</c> says of hooks.</summary>
internal sealed class HookSettingsFile(SettingsFile file, SageHome home) : IHookSettings
{
    public HookSettings Read()
    {
        var none = new HookSettings(home.Settings, home.Root);
        try
        {
            var settings = file.Read();
            return none with
            {
                Hooks = settings.Hooks is { ValueKind: not JsonValueKind.Null } hooks ? hooks : null,
                Options = settings.HookSettings ?? new HookConfiguration(),
            };
        }
        catch (SageException)
        {
            // Whoever starts a turn says so.
            return none;
        }
    }
}
