using System.Net;
using System.Security.Cryptography;
using System.Text;
using ModelContextProtocol.Authentication;
using Sage.Agent.Extensions.Mcp;
using Sage.Agent.Secrets;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Extensibility.Mcp.Connections;
using Sage.Protocol.Mcp;

namespace Sage.Extensibility.Mcp.SigningIn;

/// <summary>
/// Signs the user in to a server that asks for it: the library speaks OAuth, the editor opens the browser and keeps the tokens, and
/// the browser comes back to a port of this machine.
/// </summary>
internal sealed class SignIn(
    McpServerSpec spec,
    ServerStart start,
    IEditorHelp editor,
    SecretRedaction secrets,
    Patience patience,
    TimeProvider time
)
{
    /// <summary>How long somebody may take in the browser.</summary>
    private static readonly TimeSpan MostInBrowser = TimeSpan.FromMinutes(10);

    private const int FirstPort = 49_152;

    /// <exception cref="McpStartException">A variable is missing, or an address is none.</exception>
    public ClientOAuthOptions Options()
    {
        var address = start.Address();
        var known = start.OAuth();
        if (known.ClientSecret is { } secret)
        {
            secrets.Add(secret);
        }

        return new ClientOAuthOptions
        {
            RedirectUri = new Uri($"http://127.0.0.1:{Port(address)}/callback"),
            ClientId = known.ClientId,
            ClientSecret = known.ClientSecret,
            ClientMetadataDocumentUri = known.ClientMetadataUrl is { } document ? new Uri(document) : null,
            Scopes = known.Scopes is { IsDefaultOrEmpty: false } scopes ? [.. scopes] : null,
            DynamicClientRegistration = new DynamicClientRegistrationOptions { ClientName = "Sage" },
            AuthorizationCallbackHandler = AskAsync,
            TokenCache = new TokenStore(address.GetLeftPart(UriPartial.Path), editor, secrets),
        };
    }

    private async Task<AuthorizationResult?> AskAsync(
        AuthorizationCallbackContext context,
        CancellationToken cancellationToken
    )
    {
        if (!editor.IsThere)
        {
            throw new SignInException(
                "it wants to be signed in to, which only the editor can do. Put a token into its headers to use it here"
            );
        }

        RefuseUnsafe(context.AuthorizationUri);
        using var pause = patience.Pause();
        using var timer = new CancellationTokenSource(MostInBrowser, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        using var callback = CallbackListener.Start(context.RedirectUri, StateOf(context.AuthorizationUri));
        var address = new OpenAddressParams(
            context.AuthorizationUri.AbsoluteUri,
            spec.Name,
            AddressPurpose.SignIn,
            context.RedirectUri.AbsoluteUri
        );
        if (!await editor.OpenAsync(address, either.Token))
        {
            throw new SignInException("it wants to be signed in to, and you did not");
        }

        try
        {
            return await callback.AnswerAsync(either.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            throw new SignInException(
                $"it wants to be signed in to, and nobody came back from the browser within {MostInBrowser.TotalMinutes:0} minutes"
            );
        }
    }

    /// <summary>What is opened came from the server: nothing but a page, and one that nobody can change on its way.</summary>
    private static void RefuseUnsafe(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            throw new SignInException($"it wants to be signed in to at {address.Host}, which is not https");
        }
    }

    private static string StateOf(Uri address) => CallbackListener.Query(address.Query).GetValueOrDefault("state", "");

    /// <summary>The same each time as long as nobody else has it: some servers know a client by its port, too.</summary>
    private static int Port(Uri address)
    {
        var print = SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri));
        var wanted = FirstPort + (((print[0] << 8) | print[1]) % (IPEndPoint.MaxPort - FirstPort));
        return CallbackListener.IsFree(wanted) ? wanted : CallbackListener.AnyFree();
    }
}
