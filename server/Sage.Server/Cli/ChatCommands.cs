using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sage.Agent.Commands;
using Sage.Agent.Workspaces;
using Sage.Protocol;

namespace Sage.Server.Cli;

/// <summary>The commands that the chat of the editor does itself. In a terminal they are refused, with what does the same there: no model is asked.</summary>
internal static partial class ChatCommands
{
    private static readonly ImmutableDictionary<string, string> Instead = new Dictionary<string, string>
    {
        ["agents"] = "",
        ["checkpoints"] = "",
        ["clear"] = " Each run begins a new session unless --continue or --resume is given.",
        ["compact"] = "",
        ["context"] = "",
        ["cost"] = " --json prints what each request used.",
        ["doctor"] = " Run sage doctor.",
        ["export"] = "",
        ["fork"] = "",
        ["help"] = " Run sage exec --help.",
        ["hooks"] = "",
        ["mcp"] = "",
        ["memory"] = "",
        ["mode"] = " Use --mode.",
        ["model"] = " Use --model.",
        ["plan"] = " Use --mode plan.",
        ["redo"] = "",
        ["resume"] = " Use --continue or --resume.",
        ["skills"] = "",
        ["undo"] = "",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <exception cref="SageException"><see cref="ErrorCodes.CommandRefused"/>: the prompt is one of them, and no file has its name.</exception>
    public static void Refuse(string prompt, ICommands files, Workspace workspace)
    {
        var name = Name().Match(prompt).Groups["name"].Value;
        if (
            Instead.TryGetValue(name, out var instead)
            && !files.List(workspace).Commands.Any(command => command.Name == name)
        )
        {
            throw new SageException(
                ErrorCodes.CommandRefused,
                $"/{name} is done by the chat in the editor; there is no such command in a terminal, and nothing was sent.{instead}"
            );
        }
    }

    [GeneratedRegex(@"^/(?<name>[a-z]+)(\s|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
