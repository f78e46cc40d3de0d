using System.Collections.Immutable;
using Sage.Agent.LanguageModels;
using Sage.Protocol.EditorModels;
using Sage.Protocol.LanguageModels;
using Sage.Providers.Catalog;

namespace Sage.Providers.Editor;

/// <summary>
/// The provider <c>editor</c>: the models of the editor, for people who choose one. Never chosen by itself, because asking one
/// makes the editor ask its user for consent.
/// </summary>
/// <param name="editor">Null where there is no editor.</param>
internal sealed class EditorCatalog(IEditorModels? editor)
{
    public const string Provider = "editor";

    public async Task<ImmutableArray<ModelSummary>> ListAsync(CancellationToken cancellationToken) =>
        [
            .. (await ModelsAsync(cancellationToken)).Select(model => new ModelSummary(
                $"{Provider}/{IdOf(model)}",
                Provider,
                model.Name,
                Ready: true,
                $"From VS Code ({model.Vendor}), which asks for your consent once.",
                WindowOf(model)
            )),
        ];

    /// <summary>What the settings name: a whole id, an id without the provider, or only the provider.</summary>
    public async Task<string> NamedAsync(string? model, CancellationToken cancellationToken) =>
        model is { Length: > 0 }
            ? model.StartsWith(Provider + "/", StringComparison.Ordinal)
                ? model
                : $"{Provider}/{model}"
            : await ModelsAsync(cancellationToken) is [var first, ..]
                ? $"{Provider}/{IdOf(first)}"
                : throw ProviderDirectory.Unknown(
                    "VS Code offers no models here. Install an extension that does, or choose another model."
                );

    /// <param name="model"><c>vendor/id</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Protocol.SageException">There is no editor.</exception>
    public async Task<LanguageModel> ResolveAsync(string model, CancellationToken cancellationToken)
    {
        if (editor is not { AreOffered: true })
        {
            throw ProviderDirectory.Unknown(
                $"“{Provider}/{model}” is a model of VS Code, which only answers inside VS Code. Choose another model."
            );
        }

        // One that is not listed (yet) is asked all the same: the editor says best what is wrong with it.
        var known = (await ModelsAsync(cancellationToken)).FirstOrDefault(m => IdOf(m) == model);
        var name = known?.Name ?? model;
        var client = new EditorChatClient(editor, model, name);
        return new LanguageModel($"{Provider}/{model}", name, client, known is null ? null : WindowOf(known));
    }

    private async Task<ImmutableArray<EditorModel>> ModelsAsync(CancellationToken cancellationToken) =>
        editor is { AreOffered: true } ? await editor.ListAsync(cancellationToken) : [];

    private static string IdOf(EditorModel model) => $"{model.Vendor}/{model.Id}";

    private static int? WindowOf(EditorModel model) => model.MaxInputTokens > 0 ? model.MaxInputTokens : null;
}
