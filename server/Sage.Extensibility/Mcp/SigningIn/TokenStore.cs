using System.Text.Json;
using System.Text.Json.Serialization;
using ModelContextProtocol.Authentication;
using Sage.Agent.Extensions.Mcp;
using Sage.Agent.Secrets;

namespace Sage.Extensibility.Mcp.SigningIn;

/// <summary>The tokens of one server: in memory, and in the editor's secret storage. Nothing else sees them.</summary>
/// <param name="name">What they are kept under: the address that they are for, and are sent to only.</param>
/// <param name="editor">Keeps them.</param>
/// <param name="secrets">Learns them.</param>
internal sealed class TokenStore(string name, IEditorHelp editor, SecretRedaction secrets) : ITokenCache
{
    private readonly Lock _gate = new();
    private Task<TokenContainer?>? _tokens;

    public async ValueTask<TokenContainer?> GetTokensAsync(CancellationToken cancellationToken)
    {
        Task<TokenContainer?> tokens;
        lock (_gate)
        {
            // Asked for each request. What others have waited for is not theirs to cancel.
            tokens = _tokens ??= ReadAsync();
        }

        return await tokens.WaitAsync(cancellationToken);
    }

    public async ValueTask StoreTokensAsync(TokenContainer tokens, CancellationToken cancellationToken)
    {
        Learn(tokens);
        lock (_gate)
        {
            _tokens = Task.FromResult<TokenContainer?>(tokens);
        }

        var kept = JsonSerializer.Serialize(tokens, TokenJson.Default.TokenContainer);
        await editor.WriteSecretAsync(name, kept, cancellationToken);
    }

    private async Task<TokenContainer?> ReadAsync()
    {
        if (await editor.ReadSecretAsync(name, CancellationToken.None) is not { } kept)
        {
            return null;
        }

        try
        {
            var tokens = JsonSerializer.Deserialize(kept, TokenJson.Default.TokenContainer);
            Learn(tokens);
            return tokens;
        }
        catch (JsonException)
        {
            // Signing in again writes it anew.
            return null;
        }
    }

    private void Learn(TokenContainer? tokens)
    {
        foreach (var secret in (string?[])[tokens?.AccessToken, tokens?.RefreshToken, tokens?.ClientSecret])
        {
            if (secret is { Length: > 0 })
            {
                secrets.Add(secret);
            }
        }
    }
}

/// <summary>How tokens are written into the secret storage.</summary>
[JsonSerializable(typeof(TokenContainer))]
internal sealed partial class TokenJson : JsonSerializerContext;
