namespace Sage.Providers.OpenAI;

/// <summary>How an OpenAI-compatible server differs from OpenAI.</summary>
[Flags]
internal enum OpenAIDialect
{
    None = 0,

    /// <summary>Answers 422 for fields it does not know, <c>stream_options</c> among them; takes call ids of nine characters only.</summary>
    Mistral = 1,

    /// <summary>Wants its reasoning back with the calls it led to.</summary>
    KeepsReasoning = 2,

    /// <summary>OpenAI itself: from GPT-5.4 on, this format takes tools only without reasoning.</summary>
    OpenAI = 4,

    /// <summary>Signs its tool calls, and refuses them without the signature (Google).</summary>
    SignsCalls = 8,

    /// <summary>Takes its key in a header of its own.</summary>
    Azure = 16,
}
