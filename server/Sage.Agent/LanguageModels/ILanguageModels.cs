using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.AI;
using Sage.Protocol.LanguageModels;
using Sage.Protocol.Turns;

namespace Sage.Agent.LanguageModels;

/// <summary>The models that can answer. Port: implemented in Sage.Providers.</summary>
public interface ILanguageModels
{
    /// <summary>What can be chosen, in the order to show. May ask local servers (Ollama, LM Studio) briefly.</summary>
    Task<ListModelsResult> ListAsync(CancellationToken cancellationToken);

    /// <summary>Chooses the model of new turns.</summary>
    /// <exception cref="Protocol.SageException"><c>UnknownModel</c></exception>
    void Select(string id);

    /// <summary>Hands over an API key; null forgets it.</summary>
    void SetKey(string provider, string? key);

    /// <summary>The model with this id, or the selected one.</summary>
    /// <exception cref="Protocol.SageException"><c>UnknownModel</c>, with what to do.</exception>
    Task<LanguageModel> ResolveAsync(string? id, CancellationToken cancellationToken);

    /// <summary>A cheap model for small work, like summaries, beside this one; null when there is none but itself.</summary>
    Task<LanguageModel?> ResolveSmallAsync(LanguageModel beside, CancellationToken cancellationToken);

    /// <summary>The ids of the models that stand in for one that does not answer, in order.</summary>
    ImmutableArray<string> Fallbacks { get; }
}

/// <summary>A model ready to be asked.</summary>
/// <param name="Id"><c>provider/model</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="Client">
/// Streams replies. Beside text, reasoning and usage it yields <see cref="ToolCallDelta"/>, <see cref="ToolCallReady"/> and
/// <see cref="RetryNotice"/>; it fails with <see cref="ModelException"/> only.
/// </param>
/// <param name="ContextWindow">Tokens, where known.</param>
/// <param name="Price">What it costs, where known.</param>
/// <param name="Effort">How much it is to think; its own default when absent.</param>
public sealed record LanguageModel(
    string Id,
    string Name,
    IChatClient Client,
    int? ContextWindow = null,
    ModelPrice? Price = null,
    ReasoningEffort? Effort = null
)
{
    /// <summary>What a request has used, from what the provider counted.</summary>
    public TokenUsage UsageOf(UsageDetails counted)
    {
        ArgumentNullException.ThrowIfNull(counted);
        var usage = new TokenUsage(
            counted.InputTokenCount ?? 0,
            counted.OutputTokenCount ?? 0,
            counted.CachedInputTokenCount ?? 0,
            counted.ReasoningTokenCount ?? 0,
            counted.AdditionalCounts?.GetValueOrDefault(UsageCounts.CacheWrite) ?? 0,
            Cost: null,
            counted.AdditionalCounts?.ContainsKey(EstimatedUsage.Mark) is true ? true : null
        );
        return usage with { Cost = Price?.CostOf(usage) };
    }

    /// <summary>Asks for plain text, beside the conversation: no tools, nothing kept.</summary>
    /// <exception cref="ModelException">It did not answer.</exception>
    internal async Task<(string Text, TokenUsage Usage)> AskAsync(
        string instructions,
        string prompt,
        CancellationToken cancellationToken
    )
    {
        ChatMessage[] messages = [new(ChatRole.System, instructions), new(ChatRole.User, prompt)];
        var text = new StringBuilder();
        var usage = TokenUsage.Zero;
        await foreach (var update in Client.GetStreamingResponseAsync(messages, new ChatOptions(), cancellationToken))
        {
            foreach (var content in update.Contents)
            {
                text.Append((content as TextContent)?.Text);
                usage += content is UsageContent counted ? UsageOf(counted.Details) : TokenUsage.Zero;
            }
        }

        return (text.ToString(), usage);
    }
}

/// <summary>The names of counts that <see cref="UsageDetails"/> has no member for.</summary>
public static class UsageCounts
{
    /// <summary>Input tokens that were written to the provider's cache.</summary>
    public const string CacheWrite = "cacheWriteTokens";
}
