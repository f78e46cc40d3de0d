namespace Sage.Providers.Anthropic;

/// <summary>
/// What <c>TextReasoningContent.ProtectedData</c> holds for a thinking block: the model, then the vendor's signature or, for a
/// redacted block, its whole payload. A block goes back to the model that wrote it only; another one would refuse it.
/// </summary>
internal static class ReasoningSeal
{
    private const string Redacted = "redacted ";

    public static string Sign(string model, string signature) => $"{model} {signature}";

    public static string Redact(string model, string payload) => $"{Redacted}{model} {payload}";

    /// <returns>Null when the seal is not this model's.</returns>
    public static Block? Open(string seal, string thinking, string model)
    {
        var redacted = seal.StartsWith(Redacted, StringComparison.Ordinal);
        var rest = redacted ? seal[Redacted.Length..] : seal;
        if (!rest.StartsWith(model + " ", StringComparison.Ordinal))
        {
            return null;
        }
        var proof = rest[(model.Length + 1)..];
        return redacted ? new RedactedThinkingBlock(proof) : new ThinkingBlock(thinking, proof);
    }
}
