using System.Collections.Immutable;
using Sage.Providers.OpenAI;

namespace Sage.Providers.Catalog;

/// <summary>
/// The providers Sage knows without being told, in the order in which it prefers them. The model lists are a start: what a
/// provider with a key lists itself is added. The first model is the one chosen when nobody chooses.
/// </summary>
internal static class Presets
{
    public const string Custom = "openai-compatible";

    private const int Million = 1_000_000;
    private const int Mebi = 1_048_576;
    private const ModelAbilities Both = ModelAbilities.Images | ModelAbilities.Thinking;

    public static ImmutableArray<Provider> All { get; } =
    [
        new(
            "anthropic",
            "Anthropic",
            "https://api.anthropic.com",
            ["ANTHROPIC_API_KEY"],
            [
                new("claude-sonnet-5-5", "Claude Sonnet 5.5", Million, Can: Both),
                new("claude-opus-5-5", "Claude Opus 5.5", Million, Can: Both),
                new("claude-fable-5-1", "Claude Fable 5.1", Million, Can: Both),
                new("claude-haiku-5-5", "Claude Haiku 5.5", Million, Can: Both),
            ]
        )
        {
            Format = EndpointFormat.Anthropic,
            SmallModel = "claude-haiku-5-5",
        },
        // Before chat completions, where newer models take tools only without reasoning.
        new(
            "openai-responses",
            "OpenAI",
            "https://api.openai.com/v1",
            ["OPENAI_API_KEY"],
            [
                new("gpt-6-sol", "GPT-6 Sol", 1_050_000, Can: Both),
                new("gpt-6-luna", "GPT-6 Luna", 1_050_000, Can: Both),
                new("gpt-5.2", "GPT-5.2", 400_000, Can: Both),
                new("gpt-5-mini", "GPT-5 mini", 400_000, Can: Both),
                new("gpt-4.1", "GPT-4.1", 1_047_576, Can: ModelAbilities.Images),
            ]
        )
        {
            Format = EndpointFormat.OpenAIResponses,
            Dialect = OpenAIDialect.OpenAI,
            KeyOf = "openai",
            SmallModel = "gpt-6-luna",
        },
        new(
            "openai",
            "OpenAI (chat completions)",
            "https://api.openai.com/v1",
            ["OPENAI_API_KEY"],
            [
                new("gpt-6-sol", "GPT-6 Sol", 1_050_000, Can: Both),
                new("gpt-5.2", "GPT-5.2", 400_000, Can: Both),
                new("gpt-4.1", "GPT-4.1", 1_047_576, Can: ModelAbilities.Images),
            ]
        )
        {
            Dialect = OpenAIDialect.OpenAI,
        },
        // Its models are deployments with names of the user's; the address is the resource's own.
        new("azure", "Azure OpenAI", null, ["AZURE_OPENAI_API_KEY"], [])
        {
            Format = EndpointFormat.OpenAIResponses,
            Dialect = OpenAIDialect.Azure,
            ListsModels = false,
        },
        new(
            "google",
            "Google Gemini",
            "https://generativelanguage.googleapis.com/v1beta/openai",
            ["GEMINI_API_KEY", "GOOGLE_API_KEY"],
            [
                new("gemini-3.8-flash", "Gemini 3.8 Flash", Mebi, Can: Both),
                new("gemini-3.1-pro-preview", "Gemini 3.1 Pro", Mebi, Can: Both),
                new("gemini-3.5-flash-lite", "Gemini 3.5 Flash-Lite", Mebi, Can: Both),
            ]
        )
        {
            Dialect = OpenAIDialect.SignsCalls,
        },
        new(
            "openrouter",
            "OpenRouter",
            "https://openrouter.ai/api/v1",
            ["OPENROUTER_API_KEY"],
            [
                new("anthropic/claude-sonnet-5.5", "Claude Sonnet 5.5"),
                new("google/gemini-3.8-flash", "Gemini 3.8 Flash"),
                new("deepseek/deepseek-v4-pro", "DeepSeek V4 Pro"),
                new("moonshotai/kimi-k3", "Kimi K3"),
                new("z-ai/glm-5.2", "GLM 5.2"),
            ]
        )
        {
            ListsForAnybody = true,
        },
        new(
            "deepseek",
            "DeepSeek",
            "https://api.deepseek.com",
            ["DEEPSEEK_API_KEY"],
            [
                new("deepseek-v4-pro", "DeepSeek V4 Pro", Million, Can: ModelAbilities.Thinking),
                new("deepseek-v4-flash", "DeepSeek V4 Flash", Million, Can: Both),
            ]
        )
        {
            Dialect = OpenAIDialect.KeepsReasoning,
        },
        new(
            "moonshot",
            "Moonshot",
            "https://api.moonshot.ai/v1",
            ["MOONSHOT_API_KEY"],
            [new("kimi-k3", "Kimi K3"), new("kimi-k2.6", "Kimi K2.6", 262_144)]
        )
        {
            Dialect = OpenAIDialect.KeepsReasoning,
        },
        new(
            "doubao",
            "Doubao",
            "https://ark.cn-beijing.volces.com/api/v3",
            ["ARK_API_KEY"],
            [
                new("doubao-seed-2-0-code-preview-260215", "Doubao Seed 2.0 Code", 262_144),
                new("doubao-seed-1-8-251228", "Doubao Seed 1.8", 262_144),
            ]
        ),
        new(
            "zai",
            "Z.AI",
            "https://api.z.ai/api/paas/v4",
            ["ZAI_API_KEY"],
            [new("glm-5.2", "GLM 5.2", Million), new("glm-4.7", "GLM 4.7", 200_000)]
        )
        {
            Dialect = OpenAIDialect.KeepsReasoning,
        },
        new(
            "mistral",
            "Mistral",
            "https://api.mistral.ai/v1",
            ["MISTRAL_API_KEY"],
            [
                new("devstral-latest", "Devstral"),
                new("mistral-large-latest", "Mistral Large"),
                new("codestral-latest", "Codestral", 256_000),
            ]
        )
        {
            Dialect = OpenAIDialect.Mistral,
        },
        new(
            "groq",
            "Groq",
            "https://api.groq.com/openai/v1",
            ["GROQ_API_KEY"],
            [
                new("openai/gpt-oss-120b", "GPT-OSS 120B", 131_072, Can: ModelAbilities.Thinking),
                new("openai/gpt-oss-20b", "GPT-OSS 20B", 131_072, Can: ModelAbilities.Thinking),
            ]
        ),
        new(
            "xai",
            "xAI",
            "https://api.x.ai/v1",
            ["XAI_API_KEY"],
            [new("grok-4.5", "Grok 4.5"), new("grok-4.3", "Grok 4.3")]
        ),
        new("ollama", "Ollama", "http://127.0.0.1:11434/v1", [], [])
        {
            KeyIsOptional = true,
            StartHint = "Start it with “ollama serve”, or choose another model.",
        },
        new("lmstudio", "LM Studio", "http://127.0.0.1:1234/v1", [], [])
        {
            KeyIsOptional = true,
            StartHint = "Start the server in LM Studio (Developer › Start server), or choose another model.",
        },
        new("llamacpp", "llama.cpp", "http://127.0.0.1:8080/v1", [], [])
        {
            KeyIsOptional = true,
            StartHint = "Start it with “llama-server --jinja -m MODEL”, or choose another model.",
        },
        new(Custom, "OpenAI-compatible endpoint", null, [], []) { KeyIsOptional = true },
    ];

    /// <summary>Whose key a provider uses.</summary>
    public static string KeyOwnerOf(string provider) => All.FirstOrDefault(p => p.Id == provider)?.KeyOf ?? provider;

    /// <summary>The servers on this machine that are looked for when nothing is configured.</summary>
    public static ImmutableArray<string> Detected { get; } = ["ollama", "lmstudio"];
}
