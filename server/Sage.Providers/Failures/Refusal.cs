using System.Globalization;
using System.Text.Json;
using Sage.Protocol.Turns;

namespace Sage.Providers.Failures;

/// <summary>Explains what a provider answered instead of a reply: a status, or an error event in the stream.</summary>
internal static class Refusal
{
    private const int Overloaded = 529;

    public static ProviderFailure Explain(RefusedException refused, Endpoint endpoint) =>
        Explain(refused.Status, Said(refused), refused.RetryAfter, endpoint);

    public static ProviderFailure Explain(StreamErrorException error, Endpoint endpoint) =>
        Explain(StatusOf(error.Type), new VendorWords(error.Type, error.Message), retryAfter: null, endpoint);

    private static ProviderFailure Explain(int status, VendorWords said, TimeSpan? retryAfter, Endpoint endpoint)
    {
        if (status is 400 or 413 or 422 && ContextOverflow.IsMeant(said))
        {
            return new(
                TurnErrorCodes.ContextOverflow,
                $"The conversation is too long for {endpoint.Model}: {endpoint.Quote(said.Message)}. "
                    + "Start a new session, or choose a model with a larger context.",
                "the conversation is too long"
            );
        }
        return status switch
        {
            401 => Authentication(endpoint),
            403 => Forbidden(said, endpoint),
            404 => NotFound(said, endpoint),
            402 => OutOfCredit(said, endpoint),
            429 when said.Kind is "insufficient_quota" => OutOfCredit(said, endpoint),
            429 => Busy(TurnErrorCodes.RateLimited, "limits how often you may ask", 429, said, retryAfter, endpoint),
            503 or Overloaded => Busy(TurnErrorCodes.Overloaded, "is overloaded", status, said, retryAfter, endpoint),
            408 => Busy(TurnErrorCodes.Timeout, "timed out", status, said, retryAfter, endpoint),
            409 or 425 => Busy(TurnErrorCodes.Overloaded, "asks to try again", status, said, retryAfter, endpoint),
            >= 500 => Busy(TurnErrorCodes.Overloaded, "had an internal error", status, said, retryAfter, endpoint),
            >= 300 and < 400 => Redirected(status, endpoint),
            _ => BadRequest(status, said, endpoint),
        };
    }

    /// <summary>The vendor's own text is left out: it may quote the key.</summary>
    private static ProviderFailure Authentication(Endpoint endpoint) =>
        new(
            TurnErrorCodes.Authentication,
            $"{endpoint.Name} refused the API key (401). {endpoint.HowToSetKey}",
            "the API key was refused"
        );

    private static ProviderFailure Forbidden(VendorWords said, Endpoint endpoint) =>
        new(
            TurnErrorCodes.Authentication,
            $"{endpoint.Name} does not allow this with your API key (403){endpoint.Colon(said)}. "
                + $"Use another key or model. {endpoint.HowToSetKey}",
            "not allowed with this API key"
        );

    private static ProviderFailure NotFound(VendorWords said, Endpoint endpoint) =>
        said.IsFromVendor
            ? new(
                TurnErrorCodes.ModelNotFound,
                $"{endpoint.Name} has no model “{endpoint.Model}” for you (404){endpoint.Colon(said)}. Choose another model.",
                "there is no such model"
            )
            : new(
                TurnErrorCodes.ModelNotFound,
                $"{endpoint.BaseUrl} knows no model requests (404). Check the base URL of {endpoint.Name} and the model “{endpoint.Model}”.",
                "there is nothing at this address"
            );

    private static ProviderFailure OutOfCredit(VendorWords said, Endpoint endpoint) =>
        new(
            TurnErrorCodes.RateLimited,
            $"Your account at {endpoint.Name} is out of credit or quota{endpoint.Colon(said)}. Add credit there, or choose another model.",
            "out of credit"
        );

    private static ProviderFailure Busy(
        string code,
        string what,
        int status,
        VendorWords said,
        TimeSpan? retryAfter,
        Endpoint endpoint
    ) =>
        new(
            code,
            $"{endpoint.Name} {what} ({status}){endpoint.Colon(said)}. {WhenToTryAgain(retryAfter)}",
            $"{endpoint.Name} {what} ({status})",
            Resend.Yes,
            retryAfter
        );

    private static string WhenToTryAgain(TimeSpan? retryAfter) =>
        retryAfter is { } wait && wait > TimeSpan.FromSeconds(1)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Try again in {Math.Ceiling(wait.TotalSeconds):0} s, or choose another model."
            )
            : "Try again later, or choose another model.";

    private static ProviderFailure Redirected(int status, Endpoint endpoint) =>
        new(
            TurnErrorCodes.InvalidResponse,
            $"{endpoint.BaseUrl} redirects elsewhere ({status}). Set the base URL of {endpoint.Name} to the final address.",
            "the address redirects"
        );

    private static ProviderFailure BadRequest(int status, VendorWords said, Endpoint endpoint) =>
        new(
            TurnErrorCodes.BadRequest,
            $"{endpoint.Name} rejected the request ({status}){endpoint.Colon(said)}.",
            "the request was rejected"
        );

    private static string Colon(this Endpoint endpoint, VendorWords said) =>
        said.Message.Length == 0 ? "" : $": {endpoint.Quote(said.Message)}";

    private static int StatusOf(string type) =>
        int.TryParse(type, CultureInfo.InvariantCulture, out var status) && status is >= 400 and < 600 ? status
        : type.Contains("rate_limit", StringComparison.OrdinalIgnoreCase) ? 429
        : type.Contains("quota", StringComparison.OrdinalIgnoreCase) ? 429
        : type.Contains("overloaded", StringComparison.OrdinalIgnoreCase) ? Overloaded
        : type.Contains("authentication", StringComparison.OrdinalIgnoreCase) ? 401
        : type.Contains("permission", StringComparison.OrdinalIgnoreCase) ? 403
        : type.Contains("not_found", StringComparison.OrdinalIgnoreCase) ? 404
        : type.Contains("invalid", StringComparison.OrdinalIgnoreCase) ? 400
        : type.Contains("context_length", StringComparison.OrdinalIgnoreCase) ? 400
        : 500;

    private static VendorWords Said(RefusedException refused)
    {
        if (refused.ContentType is "text/html")
        {
            return VendorWords.None;
        }
        try
        {
            using var document = JsonDocument.Parse(refused.Body);
            return VendorWords.Read(document.RootElement);
        }
        catch (JsonException)
        {
            return new VendorWords("", refused.Body.Trim(), IsFromVendor: false);
        }
    }
}
