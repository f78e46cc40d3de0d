using MediatR;
using Sage.Protocol.LanguageServer;
using Sage.Server.Handlers.Documents;
using Sage.Server.Handlers.Settings;

namespace Sage.Server.Handlers.CodeActions;

/// <summary>Fills the light bulb's menu.</summary>
internal sealed class CodeActionHandler(OpenDocuments documents, EditorSettings settings, CodeActionMemory memory)
    : IRequestHandler<CodeActionParams, CodeActionList>
{
    public async Task<CodeActionList> Handle(CodeActionParams request, CancellationToken cancellationToken)
    {
        var configuration = await settings.GetAsync(cancellationToken);
        if (
            configuration.CodeActions is { Enabled: false }
            || documents.FindByUri(request.TextDocument.Uri) is not { } document
        )
        {
            return new CodeActionList([]);
        }

        var problems = request.Context.Diagnostics ?? [];
        var target = CodeActionTarget.Create(document, request.Range, problems);
        return new CodeActionList([
            .. CodeActionMenu
                .For(request)
                .Select(entry => new CodeAction(
                    entry.Title,
                    entry.Kind,
                    Command(entry.Title, entry.Action, target),
                    entry.Action == SageActionKind.Fix ? problems : null
                )),
        ]);
    }

    private CodeActionCommand Command(string title, SageActionKind kind, CodeActionTarget target) =>
        new(
            title,
            SageCommands.RunCodeAction,
            [new CodeActionReference(memory.Add(new OfferedAction(kind, target)), kind)]
        );
}
