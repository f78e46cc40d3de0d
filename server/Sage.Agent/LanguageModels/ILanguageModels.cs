using Microsoft.Extensions.AI;
using Sage.Protocol.LanguageModels;

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
}

/// <summary>A model ready to be asked.</summary>
/// <param name="Id"><c>provider/model</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="Client">
/// Streams replies. Beside text, reasoning and usage it yields <see cref="ToolCallDelta"/>, <see cref="ToolCallReady"/> and
/// <see cref="RetryNotice"/>; it fails with <see cref="ModelException"/> only.
/// </param>
/// <param name="ContextWindow">Tokens, where known.</param>
public sealed record LanguageModel(string Id, string Name, IChatClient Client, int? ContextWindow = null);
