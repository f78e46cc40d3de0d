using System.Collections.Immutable;
using Sage.Agent.LanguageModels;
using Sage.Protocol;
using Sage.Protocol.LanguageModels;
using Sage.Providers.Catalog;
using Sage.TestKit.Agents;

namespace Sage.Server.Tests.Fakes;

/// <summary>One scripted model, and a record of what was asked of the catalog.</summary>
internal sealed class FakeModels : ILanguageModels, IProviderSettings
{
    public ScriptedChatClient Client { get; } = new();

    public List<string> Calls { get; } = [];

    /// <summary>When set, listing fails with it.</summary>
    public Exception? Failure { get; set; }

    public Task<ListModelsResult> ListAsync(CancellationToken cancellationToken) =>
        Failure is not null
            ? Task.FromException<ListModelsResult>(Failure)
            : Task.FromResult(
                new ListModelsResult([new ModelSummary("test/scripted", "test", "Scripted", true)], "test/scripted")
            );

    /// <summary>What was configured last.</summary>
    public ProviderOptions? Applied { get; private set; }

    public void Apply(ProviderOptions options)
    {
        Calls.Add($"apply {options.Provider}");
        Applied = options;
    }

    public void Select(string id)
    {
        Calls.Add($"select {id}");
        if (id != "test/scripted")
        {
            throw new SageException(ErrorCodes.UnknownModel, $"There is no model {id}.");
        }
    }

    public void SetKey(string provider, string? key) => Calls.Add($"key {provider} {key}");

    public ImmutableArray<string> Fallbacks => [];

    public Task<LanguageModel?> ResolveSmallAsync(LanguageModel beside, CancellationToken cancellationToken) =>
        Task.FromResult<LanguageModel?>(null);

    public Task<LanguageModel> ResolveAsync(string? id, CancellationToken cancellationToken) =>
        Task.FromResult(new LanguageModel("test/scripted", "Scripted", Client));
}
