namespace Sage.Providers.Anthropic;

/// <summary>What a request to a model must say.</summary>
/// <param name="MaxOutput">The format demands a limit; this is the most the model gives.</param>
/// <param name="Thinking">How it is asked to think.</param>
internal sealed record ModelTraits(int MaxOutput, ThinkingKind Thinking)
{
    /// <summary>For models we do not know: every one since Claude 4 gives that much.</summary>
    public static ModelTraits Unknown { get; } = new(32_000, ThinkingKind.None);
}

/// <summary>How a model is asked to think.</summary>
internal enum ThinkingKind
{
    /// <summary>Nothing is said: it does what it does by itself.</summary>
    None,

    /// <summary>Decides by itself how much to think, and shows a summary.</summary>
    Adaptive,

    /// <summary>The same, but shows a summary only when asked to.</summary>
    AdaptiveHidden,
}
