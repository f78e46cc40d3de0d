using Sage.Agent.LanguageModels;

namespace Sage.Providers.Failures;

/// <summary>Whether sending the same request again, before its first token, may help.</summary>
internal enum Resend
{
    Never,

    /// <summary>A couple of times only.</summary>
    Briefly,
    Yes,
}

/// <summary>Why a request failed, in our words.</summary>
/// <param name="Code">One of <see cref="Protocol.Turns.TurnErrorCodes"/>.</param>
/// <param name="Message">Says what happened and what to do; never a key.</param>
/// <param name="Reason">The short form, for the notice of a retry.</param>
/// <param name="SendAgain">Whether we send it again ourselves.</param>
/// <param name="RetryAfter">What the provider asked us to wait.</param>
internal sealed record ProviderFailure(
    string Code,
    string Message,
    string Reason,
    Resend SendAgain = Resend.Never,
    TimeSpan? RetryAfter = null
)
{
    public ModelException ToModelException(Exception? inner) => new(Code, Message, SendAgain != Resend.Never, inner);
}

/// <summary>Carries a <see cref="ProviderFailure"/> through the resilience pipeline.</summary>
internal sealed class ProviderFailureException(ProviderFailure failure, Exception? inner = null)
    : Exception(failure.Message, inner)
{
    public ProviderFailure Failure { get; } = failure;
}

/// <summary>The provider answered, but not with a success.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="body">The start of the body.</param>
/// <param name="retryAfter">From the headers.</param>
internal sealed class RefusedException(int status, string body, string? contentType, TimeSpan? retryAfter)
    : Exception($"HTTP {status}")
{
    public int Status { get; } = status;
    public string Body { get; } = body;
    public string? ContentType { get; } = contentType;
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>The answer was 200 but is no event stream.</summary>
internal sealed class NotAStreamException(string? contentType) : Exception("Not an event stream")
{
    public string? ContentType { get; } = contentType;
}

/// <summary>An error event inside a stream that began well.</summary>
/// <param name="type">The vendor's word for the kind of error; may be a status number.</param>
/// <param name="message">The vendor's words.</param>
internal sealed class StreamErrorException(string type, string message) : Exception(message)
{
    public string Type { get; } = type;
}

/// <summary>The body ended in the middle of the reply.</summary>
internal sealed class BrokenReplyException() : Exception("The reply broke off");

/// <summary>The body ended before anything of a reply.</summary>
internal sealed class EmptyReplyException() : Exception("The reply is empty");
