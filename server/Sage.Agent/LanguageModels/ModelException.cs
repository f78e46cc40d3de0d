namespace Sage.Agent.LanguageModels;

/// <summary>A model request failed for good: retries are spent, or would not help.</summary>
/// <param name="code">One of <see cref="Protocol.Turns.TurnErrorCodes"/>.</param>
/// <param name="message">Says what happened and what to do; never a key.</param>
/// <param name="retryable">True when the same request may work later.</param>
public sealed class ModelException(string code, string message, bool retryable, Exception? inner = null)
    : Exception(message, inner)
{
    public string Code { get; } = code;
    public bool Retryable { get; } = retryable;
}
