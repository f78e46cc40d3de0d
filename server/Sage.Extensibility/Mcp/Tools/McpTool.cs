using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Extensibility.Mcp.Connections;

namespace Sage.Extensibility.Mcp.Tools;

/// <summary>A tool of a server, with the server's own description and schema: its words, and its to check.</summary>
internal sealed class McpTool : ITool
{
    private const int MostDescription = 2_000;
    private const int MostPages = 3;

    private readonly McpServer _server;
    private readonly Tool _tool;

    /// <param name="server">Whose it is.</param>
    /// <param name="tool">As the server told of it.</param>
    /// <param name="name">As the model knows it.</param>
    public McpTool(McpServer server, Tool tool, string name)
    {
        (_server, _tool) = (server, tool);
        Definition = new ToolDefinition(
            name,
            Shorten(OutsideText.Visible(tool.Description ?? tool.Title ?? tool.Name)),
            tool.InputSchema,
            server.Spec.CallTimeout
        );
    }

    public ToolDefinition Definition { get; }

    /// <summary>As the server calls it.</summary>
    public string NameOfServer => _tool.Name;

    public Preparation Prepare(JsonElement input, ToolContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var onlyReads = _server.Spec.TrustsReadOnlyHint && _tool.Annotations?.ReadOnlyHint == true;
        return new Preparation.Accepted(
            new PreparedCall(
                $"{_server.Spec.Name}: {_tool.Name}",
                // Nobody knows what it touches.
                onlyReads ? ResourceAccess.Read(context.Workspace.Root) : ResourceAccess.WritesEverything,
                new PermissionKey(onlyReads ? PermissionKind.Read : PermissionKind.Execute, Definition.Name),
                token => RunAsync(input, context, token)
            )
        );
    }

    private async Task<ToolResult> RunAsync(JsonElement input, ToolContext context, CancellationToken cancellationToken)
    {
        if (_server.Connection is not { } connection)
        {
            return ToolResult.Error(NotRunning());
        }

        var arguments = input
            .EnumerateObject()
            .ToDictionary(static pair => pair.Name, static pair => (object?)pair.Value);
        var progress = new LiveProgress(context.Output);
        using var open = _server.Calls.Enter(context, cancellationToken);
        try
        {
            var call = connection.CallToolAsync(_tool.Name, arguments, progress, cancellationToken);
            if (await Task.WhenAny(call, connection.Ended) != call && !call.IsCompletedSuccessfully)
            {
                return await EndedAsync(connection, call);
            }

            return McpResult.Of(await call, $"MCP server {_server.Spec.Name}", _server.Spec.TrustsResults);
        }
        catch (UrlElicitationRequiredException wanted)
        {
            return await VisitAsync(wanted, cancellationToken);
        }
        catch (Exception error) when (McpFailure.Covers(error) && !cancellationToken.IsCancellationRequested)
        {
            return connection.Ended.IsCompleted
                ? await EndedAsync(connection, Task.CompletedTask)
                : ToolResult.Error(
                    $"The MCP server {_server.Spec.Name} refused the call: {McpFailure.Describe(error)}."
                );
        }
        finally
        {
            await progress.FlushAsync();
        }
    }

    /// <summary>The server goes on only when the user has been somewhere, which takes as long as it takes.</summary>
    private async Task<ToolResult> VisitAsync(
        UrlElicitationRequiredException wanted,
        CancellationToken cancellationToken
    )
    {
        foreach (var page in wanted.Elicitations.Take(MostPages))
        {
            if ((await _server.Elicitation.AnswerAsync(page, cancellationToken)).Action != "accept")
            {
                return ToolResult.Error(
                    $"The MCP server {_server.Spec.Name} wants the user to visit a page first, and the user did not. Go on without it, or ask."
                );
            }
        }

        return ToolResult.Error(
            $"The MCP server {_server.Spec.Name} wants the user to do something in the browser first. The page is open there. Ask the user "
                + "to say when it is done, and call again then."
        );
    }

    private async Task<ToolResult> EndedAsync(McpConnection connection, Task call)
    {
        await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var how = await connection.EndAsync() is { } exit ? $" ({exit})" : "";
        return ToolResult.Error(
            $"The MCP server {_server.Spec.Name} ended while it worked on this call{how}. Nobody knows how far it got; look before you "
                + $"try again. {(_server.WhoEnds ?? "Sage starts it anew.")}"
        );
    }

    private string NotRunning()
    {
        var state = _server.State;
        return _server.WhoEnds is { } who
            ? $"The MCP server {_server.Spec.Name} does not run. {who}"
            : $"The MCP server {_server.Spec.Name} does not run: {state.Ended ?? "it is being started"}. "
                + (
                    state.IsGivenUp
                        ? "It is not started again; tell the user."
                        : "Sage starts it anew; go on with something else first."
                );
    }

    private static string Shorten(string text) => text.Length <= MostDescription ? text : text[..MostDescription] + "…";
}
