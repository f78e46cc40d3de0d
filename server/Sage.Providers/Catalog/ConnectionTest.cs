using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Protocol.LanguageModels;
using Sage.Protocol.Turns;
using Sage.Providers.Failures;
using Sage.Providers.Streaming;

namespace Sage.Providers.Catalog;

/// <summary>
/// The cheapest real requests that show whether a provider can be used with this key at this address: its list of models, and a
/// reply that is hung up on at its first word.
/// </summary>
internal sealed class ConnectionTest(
    Provider provider,
    string? key,
    ProviderHttp http,
    ModelFactory factory,
    TimeProvider time
)
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(15);

    /// <summary>A server on this machine may have to load the model first.</summary>
    private static readonly TimeSpan LocalBudget = TimeSpan.FromSeconds(60);

    private const int Unauthorized = 401;
    private const string Question = "This is a test of the connection. Answer with the one word OK.";

    // A model that cannot use tools is of no use to an agent, and some servers say so only when a tool is offered.
    private static readonly OfferedTool Tool = new(
        "nothing",
        "Does nothing.",
        JsonDocument.Parse("""{"type":"object","properties":{}}""").RootElement
    );

    /// <summary>Proves key and address without a chosen model, and says which models there are.</summary>
    public async Task<TestModelResult> RunAsync(CancellationToken cancellationToken)
    {
        var endpoint = provider.EndpointOf("", key);
        if (endpoint.MissingKey() is { } missing)
        {
            return Failed(missing);
        }
        var (listed, failure) = await ListAsync(endpoint, cancellationToken);
        var offered = Offered(provider.ListsModels ? listed ?? [] : []);
        if (failure is null && !(provider.ListsForAnybody && key is not null))
        {
            return new TestModelResult(Ok: true, offered);
        }
        // A list that proves nothing, or none: some keys may ask models but not for the list, some servers have none.
        if (failure is not null && !MayHaveNoList(failure))
        {
            return Failed(Explain(failure, endpoint));
        }
        var asked = provider.Models is [var first, ..]
            ? await AskAsync(first.Id, cancellationToken)
            : new TestModelResult(Ok: true, []);
        return asked.Ok ? asked with { Models = offered } : asked;
    }

    /// <summary>Asks this model for a word.</summary>
    public async Task<TestModelResult> AskAsync(string model, CancellationToken cancellationToken)
    {
        var client = factory.CreateProbe(provider, model, key);
        var patience = new Uri(provider.BaseUrl!).IsLoopback ? LocalBudget : Budget;
        using var timeout = new CancellationTokenSource(patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var updates = client.GetStreamingResponseAsync(
                [new ChatMessage(ChatRole.User, Question)],
                new ChatOptions { Tools = [Tool] },
                both.Token
            );
            await foreach (var update in updates)
            {
                if (update.Contents.Any(IsPartOfAReply))
                {
                    break;
                }
            }
            return new TestModelResult(Ok: true, []);
        }
        catch (ModelException e)
        {
            return Failed(e.Code, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(Late(model, patience));
        }
    }

    public static TestModelResult Failed(string code, string message) =>
        new(Ok: false, [], new TestFailure(code, message));

    private async Task<(ImmutableArray<ModelEntry>? Listed, Exception? Failure)> ListAsync(
        Endpoint endpoint,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(Budget, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return (await ModelListRequest.SendAsync(http, provider, key, both.Token), null);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, e);
        }
        catch (Exception e) when (FailureOf.Exception(e, endpoint, RequestCourse.Running) is not null)
        {
            return (null, e);
        }
    }

    /// <summary>A list that is refused or cannot be read says nothing about requests for replies; a wrong key does.</summary>
    private static bool MayHaveNoList(Exception failure) =>
        failure is JsonException or RefusedException { Status: not Unauthorized and >= 400 and < 500 };

    private ProviderFailure Explain(Exception failure, Endpoint endpoint) =>
        FailureOf.Exception(failure, endpoint, RequestCourse.Running) ?? Late(model: null, Budget);

    private ImmutableArray<TestedModel> Offered(ImmutableArray<ModelEntry> listed) =>
        [
            .. provider
                .Models.Concat(listed.Where(m => provider.Models.All(known => known.Id != m.Id)))
                .Select(m => new TestedModel(m.Id, m.Name ?? m.Id)),
        ];

    private ProviderFailure Late(string? model, TimeSpan patience) =>
        new(
            TurnErrorCodes.Timeout,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{provider.Name} at {provider.BaseUrl} did not answer {(model is null ? "" : $"for “{model}” ")}within {patience.TotalSeconds:0} s. Check the address and the network, or try again."
            ),
            "no answer in time"
        );

    private static bool IsPartOfAReply(AIContent content) =>
        content is TextContent { Text.Length: > 0 } or TextReasoningContent or ToolCallDelta or ToolCallReady;

    private static TestModelResult Failed(ProviderFailure failure) => Failed(failure.Code, failure.Message);
}
