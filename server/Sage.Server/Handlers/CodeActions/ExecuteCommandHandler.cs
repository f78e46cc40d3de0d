using System.Text.Json;
using MediatR;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.CodeActions;

/// <summary>Tells the extension what a chosen code action was about.</summary>
internal sealed class ExecuteCommandHandler(CodeActionMemory memory, OpenFolders folders)
    : IRequestHandler<ExecuteCommandParams, ResolvedCodeAction>
{
    public Task<ResolvedCodeAction> Handle(ExecuteCommandParams request, CancellationToken cancellationToken)
    {
        if (request.Command != SageCommands.ResolveCodeAction)
        {
            throw new SageException(
                ErrorCodes.InvalidParams,
                $"Parameter 'command' must be '{SageCommands.ResolveCodeAction}', not '{request.Command}'."
            );
        }

        if (request.Arguments is not [{ ValueKind: JsonValueKind.String } id])
        {
            throw new SageException(ErrorCodes.InvalidParams, "Parameter 'arguments' must be a list with one id.");
        }

        var (kind, target) =
            memory.Find(id.GetString()!)
            ?? throw new SageException(
                ErrorCodes.InvalidParams,
                "This code action is too old. Open the menu again and choose once more."
            );
        var prompt = kind is SageActionKind.Rewrite or SageActionKind.AddToChat
            ? null
            : target.Prompt(kind, Display(target.Path));
        return Task.FromResult(
            new ResolvedCodeAction(kind, target.Path, target.StartLine, target.EndLine, target.Text, prompt)
        );
    }

    private string Display(string path) => folders.First is { } root ? new Workspace(root).Display(path) : path;
}
