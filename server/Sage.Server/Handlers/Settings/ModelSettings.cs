using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Sage.Agent.Turns;
using Sage.Protocol.LanguageModels;
using Sage.Protocol.LanguageServer;
using Sage.Providers.Catalog;

namespace Sage.Server.Handlers.Settings;

/// <summary>What the settings say about models and what may be spent on them, in the words of those who do it.</summary>
internal static class ModelSettings
{
    public static ProviderOptions Providers(SageConfiguration settings) =>
        new()
        {
            Provider = settings.Provider,
            BaseUrl = settings.BaseUrl,
            Model = settings.Model,
            SmallModel = settings.SmallModel,
            FallbackModels = settings.FallbackModels ?? [],
            Effort = Effort(settings.ReasoningEffort),
            Prices = settings.Prices ?? ImmutableDictionary<string, ModelPrice>.Empty,
        };

    /// <summary>The command line where it names something, else what was saved. Another provider has other models.</summary>
    public static ProviderOptions Providers(ProviderOptions named, SageConfiguration saved)
    {
        var rest = Providers(new SageConfiguration().Over(saved));
        var same = named is { Provider: null, BaseUrl: null };
        return rest with
        {
            Provider = named.Provider ?? (same ? rest.Provider : null),
            BaseUrl = named.BaseUrl ?? (same ? rest.BaseUrl : null),
            Model = named.Model ?? (same ? rest.Model : null),
            Endpoints = named.Endpoints,
            LocalDetection = named.LocalDetection,
            Environment = named.Environment,
        };
    }

    public static TurnLimits Limits(SageConfiguration settings)
    {
        var budget = settings.Budget ?? new BudgetConfiguration();
        return new TurnLimits(
            budget.TurnSteps ?? TurnLimits.DefaultSteps,
            budget.TurnTokens,
            budget.TurnMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
            budget.TurnCost,
            budget.SessionCost
        );
    }

    /// <summary>Null leaves it to the model, as does a word nobody knows.</summary>
    private static ReasoningEffort? Effort(string? word) =>
        word switch
        {
            "none" => ReasoningEffort.None,
            "low" => ReasoningEffort.Low,
            "medium" => ReasoningEffort.Medium,
            "high" => ReasoningEffort.High,
            "xhigh" => ReasoningEffort.ExtraHigh,
            _ => null,
        };
}
