using System.Collections.Immutable;
using MediatR;

namespace Sage.Protocol.LanguageModels;

/// <summary><see cref="Methods.ListModels"/>.</summary>
public sealed record ListModelsParams : IRequest<ListModelsResult>;

/// <param name="Models">What can be chosen, in the order to show.</param>
/// <param name="Selected">The id new turns use; the demo model's when nothing else is configured.</param>
public sealed record ListModelsResult(ImmutableArray<ModelSummary> Models, string Selected);

/// <param name="Id"><c>provider/model</c>, unique.</param>
/// <param name="Provider">For example <c>anthropic</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="Ready">False when a key is missing.</param>
/// <param name="Hint">Why it is not ready, or something worth knowing: <c>Set a key with “Sage: Set API Key”</c>.</param>
/// <param name="ContextWindow">Tokens, where known.</param>
/// <param name="Images">Whether it reads images, where known.</param>
/// <param name="Thinking">Whether it thinks before it answers, where known.</param>
/// <param name="Price">What it costs, where known: as the user has set it, else as Sage or the provider lists it.</param>
public sealed record ModelSummary(
    string Id,
    string Provider,
    string Name,
    bool Ready,
    string? Hint = null,
    int? ContextWindow = null,
    ModelPrice? Price = null,
    bool? Images = null,
    bool? Thinking = null
);

/// <summary><see cref="Methods.SelectModel"/>.</summary>
/// <param name="Id">The model that answers from now on where no other was chosen.</param>
/// <param name="SessionId">The session for which it is chosen, whatever is chosen elsewhere later.</param>
public sealed record SelectModelParams(string Id, string? SessionId = null) : IRequest<Done>;

/// <summary><see cref="Methods.SetModelKey"/>. The key stays in memory: the client stores it, the server never does.</summary>
/// <param name="Provider">For example <c>anthropic</c>.</param>
/// <param name="Key">The key; null forgets it.</param>
public sealed record SetModelKeyParams(string Provider, string? Key) : IRequest<Done>;
