using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sage.Protocol.LanguageServer;
using Sage.Server.Handlers.Lifecycle;
using Sage.Server.Rpc;
using StreamJsonRpc;

namespace Sage.Server.Handlers.Settings;

/// <summary>The section <c>sage</c> of the user's settings: asked for when first needed, and again after it changed.</summary>
internal sealed class EditorSettings(
    ClientConnection connection,
    EditorClient client,
    TimeProvider time,
    ILogger<EditorSettings> log
)
{
    private const string Section = "sage";

    // Editors are busy while they start, and a wrong model is worse than a late one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private SageConfiguration _pushed = new();
    private Task<SageConfiguration>? _pulled;

    /// <summary>Grows with each change, so that readers can tell whether they have seen the latest.</summary>
    public int Generation { get; private set; }

    /// <summary>The settings as they are now; the defaults when the editor does not answer.</summary>
    public Task<SageConfiguration> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!client.AnswersConfiguration)
            {
                return Task.FromResult(_pushed);
            }

            return (_pulled ??= PullAsync()).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Something changed. Clients that answer questions are asked again; from others we take what they push.</summary>
    public void Change(JsonElement? settings)
    {
        lock (_gate)
        {
            Generation++;
            _pulled = null;
            if (settings is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty(Section, out var section))
            {
                _pushed = Read(section);
            }
        }
    }

    private async Task<SageConfiguration> PullAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            var sections = await connection.RequestAsync<JsonElement>(
                LanguageServerMethods.Configuration,
                new ConfigurationParams([new ConfigurationItem(Section)]),
                patience.Token
            );
            return sections is { ValueKind: JsonValueKind.Array } && sections.GetArrayLength() > 0
                ? Read(sections[0])
                : new SageConfiguration();
        }
        catch (Exception e) when (e is RemoteRpcException or OperationCanceledException)
        {
            log.LogWarning(e, "The editor did not tell its settings; the defaults hold");
            return new SageConfiguration();
        }
    }

    private SageConfiguration Read(JsonElement section)
    {
        try
        {
            return section.ValueKind == JsonValueKind.Object
                ? section.Deserialize(WireJson.TypeInfo<SageConfiguration>())!
                : new SageConfiguration();
        }
        catch (JsonException e)
        {
            log.LogWarning("Setting sage.{Path} has a value of the wrong type; the defaults hold", e.Path);
            return new SageConfiguration();
        }
    }
}
