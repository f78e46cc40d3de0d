using System.Text.Json;
using Sage.Protocol.LanguageServer;

namespace Sage.Agent.Hooks;

/// <summary>What the user has set about hooks; never a project. Port: implemented in Sage.Storage.</summary>
public interface IHookSettings
{
    /// <summary>The settings as they are now. Never throws: what cannot be read is as if it were not set.</summary>
    HookSettings Read();
}

/// <param name="Place">The file, for people.</param>
/// <param name="Home">Sage's own folder, which no hook behind walls reads.</param>
public sealed record HookSettings(string Place, string Home)
{
    /// <summary>The user's hooks, as they were written; null when there are none.</summary>
    public JsonElement? Hooks { get; init; }

    /// <summary>How hooks are run.</summary>
    public HookConfiguration Options { get; init; } = new();
}
