using System.Runtime.CompilerServices;
using Sage.Agent.LanguageModels;
using Sage.Protocol;
using Sage.Protocol.LanguageModels;
using Sage.Protocol.Runtime;
using Sage.Providers.Catalog;

namespace Sage.Server.Cli.Doctor;

/// <summary>Looks at the model that answers: which one, where, with whose key, and, when asked to, whether it does.</summary>
internal sealed class ModelChecks(ILanguageModels models, IModelConnections connections)
{
    public async IAsyncEnumerable<Finding> ExamineAsync(
        bool online,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (selected, problem) = await SelectedAsync(cancellationToken);
        yield return problem ?? Model(selected);
        if (selected is null || connections.Describe(selected.Id) is not { } connection)
        {
            yield break;
        }

        yield return new Finding(
            DoctorVerdict.Ok,
            "endpoint",
            $"{connection.Name} at {WithoutSecrets(connection.BaseUrl)}"
        );
        yield return Key(connection);
        if (online)
        {
            yield return await AskAsync(connection, cancellationToken);
        }
    }

    private async Task<(ModelSummary? Selected, Finding? Problem)> SelectedAsync(CancellationToken cancellationToken)
    {
        try
        {
            var list = await models.ListAsync(cancellationToken);
            return (list.Models.FirstOrDefault(model => model.Id == list.Selected), null);
        }
        catch (SageException e)
        {
            return (null, new Finding(DoctorVerdict.Fail, "model", e.Message));
        }
    }

    private static Finding Model(ModelSummary? selected) =>
        selected switch
        {
            null => new Finding(
                DoctorVerdict.Fail,
                "model",
                "No model can be chosen. Set an API key, for example OPENAI_API_KEY."
            ),
            { Ready: false } => new Finding(
                DoctorVerdict.Fail,
                "model",
                $"{selected.Id} is not ready: {selected.Hint ?? "its key is missing."}"
            ),
            { Hint: null } => new Finding(DoctorVerdict.Ok, "model", $"{selected.Id} is ready"),
            _ => new Finding(DoctorVerdict.Ok, "model", $"{selected.Id} is ready. {selected.Hint}"),
        };

    private static Finding Key(ModelConnection connection) =>
        (connection.KeyFrom, connection.KeyNeed) switch
        {
            ({ } source, _) => new Finding(DoctorVerdict.Ok, "key", $"is taken from {source}"),
            (null, KeyNeed.Required) => new Finding(DoctorVerdict.Fail, "key", "There is none."),
            _ => new Finding(DoctorVerdict.Ok, "key", "There is none; this server may not need one"),
        };

    private async Task<Finding> AskAsync(ModelConnection connection, CancellationToken cancellationToken)
    {
        var request = new TestModelParams(connection.Provider, connection.BaseUrl, Model: connection.Model);
        var result = await connections.TestAsync(request, cancellationToken);
        return result.Error is { } error
            ? new Finding(DoctorVerdict.Fail, "answer", error.Message)
            : new Finding(DoctorVerdict.Ok, "answer", $"{connection.Model} answered a test");
    }

    /// <summary>An address may hold a password or a key.</summary>
    private static string WithoutSecrets(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? new UriBuilder(uri)
            {
                UserName = "",
                Password = "",
                Query = "",
                Port = uri.IsDefaultPort ? -1 : uri.Port,
            }
                .Uri
                .AbsoluteUri
            : "an address that cannot be read";
}
