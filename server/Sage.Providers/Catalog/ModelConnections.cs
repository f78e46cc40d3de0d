using System.Collections.Immutable;
using Sage.Protocol;
using Sage.Protocol.LanguageModels;
using Sage.Protocol.Turns;
using Sage.Providers.Demo;

namespace Sage.Providers.Catalog;

/// <summary>Whom a user can connect, and the test before anything is configured; the catalog's own state stays as it is.</summary>
internal sealed class ModelConnections(ModelCatalog catalog, TimeProvider time) : IModelConnections
{
    public ImmutableArray<ProviderSummary> Providers()
    {
        var options = catalog.Options with { Provider = null, BaseUrl = null, Model = null };
        return [.. new ProviderDirectory(options).Known.Select(p => Summary(p, options))];
    }

    public async Task<TestModelResult> TestAsync(TestModelParams request, CancellationToken cancellationToken)
    {
        if (request.Provider == DemoModel.Provider)
        {
            return new TestModelResult(Ok: true, [new TestedModel("demo", DemoModel.Name)]);
        }
        var options = catalog.Options with
        {
            Provider = request.Provider,
            BaseUrl = string.IsNullOrWhiteSpace(request.BaseUrl) ? null : request.BaseUrl.Trim(),
            Model = null,
        };
        try
        {
            var provider = new ProviderDirectory(options).Get(request.Provider);
            var key = request.Key?.Trim() ?? catalog.Keys.Find(provider, options);
            var test = new ConnectionTest(provider, key is "" ? null : key, catalog.Http, catalog.Factory, time);
            return string.IsNullOrWhiteSpace(request.Model)
                ? await test.RunAsync(cancellationToken)
                : await test.AskAsync(request.Model.Trim(), cancellationToken);
        }
        catch (SageException e)
        {
            // What the user typed is no address, or none was given.
            return ConnectionTest.Failed(TurnErrorCodes.BadRequest, e.Message);
        }
    }

    public ModelConnection? Describe(string modelId)
    {
        var slash = modelId.IndexOf('/', StringComparison.Ordinal);
        var options = catalog.Options;
        return slash > 0 && new ProviderDirectory(options).Find(modelId[..slash]) is { BaseUrl: { } address } provider
            ? new ModelConnection(
                provider.Id,
                provider.Name,
                address,
                modelId[(slash + 1)..],
                catalog.Keys.Look(provider, options)?.Source,
                NeedOf(provider)
            )
            : null;
    }

    private ProviderSummary Summary(Provider provider, ProviderOptions options) =>
        new(
            provider.Id,
            provider.Name,
            NeedOf(provider),
            provider.KeyOf ?? provider.Id,
            provider.BaseUrl,
            catalog.Keys.Look(provider, options)?.Source
        );

    private static KeyNeed NeedOf(Provider provider) =>
        provider.StartHint is not null ? KeyNeed.None
        : provider.KeyIsOptional ? KeyNeed.Optional
        : KeyNeed.Required;
}
