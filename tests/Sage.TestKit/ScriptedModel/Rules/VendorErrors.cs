using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sage.TestKit.ScriptedModel;

/// <summary>Error bodies in each vendor's shape.</summary>
internal static class VendorErrors
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Body(WireFormat format, int status, string message) =>
        format == WireFormat.Anthropic ? Anthropic(status, message) : OpenAI(status, message);

    private static string Anthropic(int status, string message) =>
        JsonSerializer.Serialize(
            new
            {
                type = "error",
                error = new { type = AnthropicType(status), message },
                request_id = "req_scripted",
            },
            Json
        );

    private static string OpenAI(int status, string message) =>
        JsonSerializer.Serialize(
            new
            {
                error = new
                {
                    message,
                    type = status switch
                    {
                        429 => "rate_limit_exceeded",
                        >= 500 => "server_error",
                        _ => "invalid_request_error",
                    },
                    param = (string?)null,
                    code = status switch
                    {
                        401 => "invalid_api_key",
                        404 => "model_not_found",
                        _ => null,
                    },
                },
            },
            Json
        );

    private static string AnthropicType(int status) =>
        status switch
        {
            401 => "authentication_error",
            403 => "permission_error",
            404 => "not_found_error",
            413 => "request_too_large",
            429 => "rate_limit_error",
            529 => "overloaded_error",
            >= 500 => "api_error",
            _ => "invalid_request_error",
        };
}
