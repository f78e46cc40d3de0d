using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Json;

namespace Sage.Protocol.LanguageModels;

/// <summary><see cref="Methods.ListProviders"/>.</summary>
public sealed record ListProvidersParams : IRequest<ListProvidersResult>;

/// <param name="Providers">Whom a user can connect, in the order to show; the built-in demo is not among them.</param>
public sealed record ListProvidersResult(ImmutableArray<ProviderSummary> Providers);

/// <summary>A provider that can be connected, and what that takes.</summary>
/// <param name="Id">The first part of its models' ids.</param>
/// <param name="Name">For people.</param>
/// <param name="Key">Whether it wants an API key.</param>
/// <param name="KeyOf">The provider under whose id its key is handed over: both formats of OpenAI take one key.</param>
/// <param name="BaseUrl">Where it answers unless told otherwise; absent when the user has to say.</param>
/// <param name="KeyFrom">Where a key was found: an environment variable, or <c>editor</c>. Absent when there is none.</param>
public sealed record ProviderSummary(
    string Id,
    string Name,
    KeyNeed Key,
    string KeyOf,
    string? BaseUrl = null,
    string? KeyFrom = null
);

/// <summary>Whether a provider wants an API key.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<KeyNeed>))]
public enum KeyNeed
{
    Required,

    /// <summary>Some servers behind it want one.</summary>
    Optional,

    /// <summary>A server on this machine.</summary>
    None,
}

/// <summary>
/// <see cref="Methods.TestModel"/>: the cheapest real request that shows whether a provider can be used. Nothing is configured by
/// it, and the key is kept nowhere. Bounded in time; cancel the request to stop it.
/// </summary>
/// <param name="Provider">A provider's id.</param>
/// <param name="BaseUrl">Where to ask; the provider's own address when absent.</param>
/// <param name="Key">The key to try; empty for none at all. When absent, the one that a turn would use.</param>
/// <param name="Model">
/// The provider's own id of the model that has to answer. When absent, the provider is asked for its models, and for a word where
/// a list proves nothing.
/// </param>
public sealed record TestModelParams(string Provider, string? BaseUrl = null, string? Key = null, string? Model = null)
    : IRequest<TestModelResult>;

/// <param name="Ok">Whether the request was answered as it should be.</param>
/// <param name="Models">
/// What the provider can be asked for, in the order to show; empty when it does not say, and when one model was tested.
/// </param>
/// <param name="Error">Why not, when it was not.</param>
public sealed record TestModelResult(bool Ok, ImmutableArray<TestedModel> Models, TestFailure? Error = null);

/// <param name="Id">The provider's own id.</param>
/// <param name="Name">For people.</param>
public sealed record TestedModel(string Id, string Name);

/// <param name="Code">One of <see cref="Turns.TurnErrorCodes"/>.</param>
/// <param name="Message">Says what is wrong and what to do; never a key.</param>
public sealed record TestFailure(string Code, string Message);
