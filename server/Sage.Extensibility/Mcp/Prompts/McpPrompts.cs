using ModelContextProtocol.Protocol;
using Sage.Agent.Commands;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Mcp.Connections;
using Sage.Extensibility.Mcp.Tools;
using Sage.Protocol;
using Sage.Protocol.Commands;
using CommandLine = Sage.Extensibility.Commands.CommandLine;

namespace Sage.Extensibility.Mcp.Prompts;

/// <summary>The prompts that servers offer, as commands: <c>/mcp__server__prompt</c>. A server that comes later brings its own later.</summary>
internal sealed class McpPrompts(McpServers servers, TimeProvider time)
{
    private const string Beginning = "mcp__";
    private const int LongestDescription = 200;

    /// <summary>For a server that has said what it offers, and only has to say it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public IEnumerable<CommandSummary> List(Workspace workspace) =>
        Offered(workspace)
            .Select(static offered => new CommandSummary(
                offered.Name,
                DescriptionOf(offered.Prompt),
                CommandSource.McpServer,
                PlaceOf(offered.Server),
                HintOf(offered.Prompt)
            ));

    /// <summary>Null when it is no prompt of a server.</summary>
    /// <exception cref="SageException"><see cref="ErrorCodes.CommandRefused"/></exception>
    public CommandExpansion? Expand(Workspace workspace, string prompt)
    {
        if (!CommandLine.TryParse(prompt, out var line) || !line.Name.StartsWith(Beginning, StringComparison.Ordinal))
        {
            return null;
        }

        var offered = Offered(workspace).ToList();
        if (offered.FirstOrDefault(known => known.Name == line.Name) is not { Server: not null } found)
        {
            // The first prompt can be one of a server that is being started.
            return Starting(line.Name, workspace) is { } server
                ? new CommandExpansion(line.Name, PlaceOf(server), prompt, [])
                {
                    CompleteAsync = token => CompleteAsync(server, workspace, prompt, token),
                }
                : throw Unknown(line.Name, workspace, offered.Select(static known => known.Name));
        }

        var arguments = ArgumentsOf(found.Prompt, line);
        return new CommandExpansion(line.Name, PlaceOf(found.Server), prompt, [])
        {
            CompleteAsync = token => CompleteAsync(found.Server, found.Prompt, line.Name, arguments, token),
        };
    }

    private async Task<CommandExpansion> CompleteAsync(
        McpServer server,
        Workspace workspace,
        string prompt,
        CancellationToken cancellationToken
    )
    {
        await server.Settled.WaitAsync(cancellationToken);
        return await Expand(workspace, prompt)!.CompleteAsync!(cancellationToken);
    }

    private McpServer? Starting(string name, Workspace workspace) =>
        servers
            .Running(workspace)
            .Servers.FirstOrDefault(server =>
                !server.Settled.IsCompleted
                && name.StartsWith($"{Beginning}{server.Spec.Name}__", StringComparison.Ordinal)
            );

    private async Task<CommandExpansion> CompleteAsync(
        McpServer server,
        Prompt prompt,
        string name,
        Dictionary<string, object?> arguments,
        CancellationToken cancellationToken
    )
    {
        if (server.Connection is not { } connection)
        {
            throw Refused(name, $"{PlaceOf(server)} does not run: {server.State.Ended ?? "it is being started"}");
        }

        using var timer = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            var answer = await connection.GetPromptAsync(prompt.Name, arguments, either.Token);
            var text = PromptText.Of(answer, server.Spec);
            return text.Words.Length == 0
                ? throw Refused(name, $"{PlaceOf(server)} answered with nothing")
                : new CommandExpansion(name, PlaceOf(server), text.Words, [])
                {
                    Attached = text.Attached,
                    Source = server.Spec.TrustsResults ? null : PlaceOf(server),
                };
        }
        catch (Exception error) when (McpFailure.Covers(error) && !cancellationToken.IsCancellationRequested)
        {
            throw Refused(
                name,
                timer.IsCancellationRequested
                    ? $"{PlaceOf(server)} did not answer within {Patience.TotalSeconds:0} s"
                    : $"{PlaceOf(server)} refused it: {McpFailure.Describe(error)}"
            );
        }
    }

    private IEnumerable<(string Name, McpServer Server, Prompt Prompt)> Offered(Workspace workspace)
    {
        foreach (var server in servers.Running(workspace).Servers)
        {
            var taken = new HashSet<string>(StringComparer.Ordinal);
            foreach (var prompt in server.State.Prompts.OrderBy(static prompt => prompt.Name, StringComparer.Ordinal))
            {
                var name = McpNames.Tool(server.Spec.Name, prompt.Name);
                yield return (taken.Add(name) ? name : McpNames.Another(name, prompt.Name), server, prompt);
            }
        }
    }

    /// <summary>In the order in which the server lists them; the last takes all that is left.</summary>
    private static Dictionary<string, object?> ArgumentsOf(Prompt prompt, CommandLine line)
    {
        var wanted = prompt.Arguments ?? [];
        var words = line.Words(wanted.Count);
        if (wanted.Count == 0 && words.Length > 0)
        {
            throw Refused(line.Name, "it takes nothing behind it");
        }

        var missing = wanted.Skip(words.Length).Where(static argument => argument.Required == true).ToList();
        return missing.Count > 0
            ? throw Refused(line.Name, $"it needs more. Write /{line.Name} {HintOf(prompt)}")
            : wanted.Zip(words).ToDictionary(static pair => pair.First.Name, static pair => (object?)pair.Second);
    }

    private SageException Unknown(string name, Workspace workspace, IEnumerable<string> known)
    {
        var near = NearNames.Of(name, known);
        var hint =
            near.Length > 0 ? $" Did you mean {string.Join(" or ", near.Select(static other => $"/{other}"))}?" : "";
        var late = servers
            .Running(workspace)
            .Servers.Where(server => name.StartsWith($"{Beginning}{server.Spec.Name}__", StringComparison.Ordinal))
            .Where(static server => server.Connection is null)
            .Select(static server =>
                $" {PlaceOf(server)} does not run: {server.State.Ended ?? "it is being started"}."
            );
        return new SageException(
            ErrorCodes.CommandRefused,
            $"There is no command /{name}.{hint}{string.Concat(late)} To send it as it is, begin with another word."
        );
    }

    private static SageException Refused(string name, string why) =>
        new(ErrorCodes.CommandRefused, $"/{name} was not sent: {why}.");

    private static string PlaceOf(McpServer server) => $"MCP server {server.Spec.Name}";

    private static string DescriptionOf(Prompt prompt) =>
        ServerWords.Line(prompt.Description ?? prompt.Title ?? prompt.Name, LongestDescription);

    private static string? HintOf(Prompt prompt) =>
        prompt.Arguments is { Count: > 0 } arguments
            ? ServerWords.Line(
                string.Join(
                    ' ',
                    arguments.Select(static argument =>
                        argument.Required == true ? $"<{argument.Name}>" : $"[{argument.Name}]"
                    )
                )
            )
            : null;
}
