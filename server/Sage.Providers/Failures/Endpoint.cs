using Sage.Protocol.Turns;

namespace Sage.Providers.Failures;

/// <summary>Whom a request goes to, for telling people what went wrong there.</summary>
/// <param name="Provider">The provider's id.</param>
/// <param name="Name">The provider's name, for people.</param>
/// <param name="BaseUrl">Where its requests go.</param>
/// <param name="Model">The model asked.</param>
/// <param name="Key">The key; only ever used to keep it out of messages.</param>
/// <param name="KeyVariable">The environment variable that can hold the key.</param>
internal sealed record Endpoint(
    string Provider,
    string Name,
    Uri BaseUrl,
    string Model,
    string? Key,
    string? KeyVariable,
    bool KeyIsOptional = false,
    string? StartHint = null
)
{
    /// <summary>For example <c>127.0.0.1:11434</c>.</summary>
    public string Host => BaseUrl.Authority;

    /// <summary>How to hand over a key, as a sentence.</summary>
    public string HowToSetKey =>
        $"Set it with “Sage: Set API Key” in the editor, or in the environment variable {KeyVariable ?? "SAGE_API_KEY"}.";

    public ProviderFailure? MissingKey() =>
        Key is null && !KeyIsOptional
            ? new ProviderFailure(
                TurnErrorCodes.Authentication,
                $"No API key is set for {Name}. {HowToSetKey}",
                "no API key"
            )
            : null;

    /// <summary>The vendor's words without the key, in one line, not too long.</summary>
    public string Quote(string text)
    {
        var clean = Key is { Length: > 3 } key ? text.Replace(key, "•••", StringComparison.Ordinal) : text;
        clean = string.Join(' ', clean.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        return clean.Length <= 400 ? clean : clean[..400] + "…";
    }

    public override string ToString() => $"{Name} ({Host}, {Model})";
}
