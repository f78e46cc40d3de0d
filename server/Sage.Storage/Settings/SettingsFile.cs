using System.Text;
using System.Text.Json;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;

namespace Sage.Storage.Settings;

/// <summary>The user's settings beside the editor's: <c>settings.json</c>, with the editor's names without <c>sage.</c>.</summary>
public sealed class SettingsFile(SageHome home)
{
    public string Path => home.Settings;

    public bool Exists => File.Exists(Path);

    /// <summary>Reads it; nothing is set when there is none.</summary>
    /// <exception cref="SageException">It cannot be read. The message says where and why.</exception>
    public SageConfiguration Read()
    {
        if (!Exists)
        {
            return new SageConfiguration();
        }

        try
        {
            var reader = new Utf8JsonReader(
                Encoding.UTF8.GetBytes(File.ReadAllText(home.Settings)),
                LenientJson.ReaderOptions
            );
            return JsonSerializer.Deserialize(ref reader, LanguageServerJson.Default.SageConfiguration)
                ?? new SageConfiguration();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new SageException(ErrorCodes.InvalidParams, $"{home.Settings} cannot be read: {e.Message}");
        }
    }
}
