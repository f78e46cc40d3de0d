using System.Security.Authentication;
using System.Text.Json;
using ModelContextProtocol;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Extensibility.Mcp.SigningIn;
using Sage.Sandbox.Commands;

namespace Sage.Extensibility.Mcp.Connections;

/// <summary>What goes wrong between us and a server that somebody else wrote: never a bug of ours, and never the end of a turn.</summary>
internal static class McpFailure
{
    public static bool Covers(Exception error) =>
        error
            is McpException
                or McpStartException
                or SignInException
                or CommandStartException
                or IOException
                or HttpRequestException
                or AuthenticationException
                or TimeoutException
                or OperationCanceledException
                or JsonException
                or InvalidOperationException
                or NotSupportedException
                or ArgumentException
                or FormatException
                or UnauthorizedAccessException;

    /// <summary>For people, on one line.</summary>
    public static string Describe(Exception error)
    {
        var text = error switch
        {
            _ when SignInException.In(error) is { } refused => refused.Message,
            HttpRequestException { StatusCode: System.Net.HttpStatusCode.Unauthorized } =>
                "it wants to be signed in to (401). Put the key into its headers",
            HttpRequestException { StatusCode: { } code } => $"it answered with {(int)code}",
            _ => error.Message,
        };
        return Memory.PlainText.OneLine(text.TrimEnd('.', ' '));
    }
}
