using System.Collections.Immutable;
using System.Text.Json;
using Sage.Agent.Permissions;

namespace Sage.Agent.ToolCalls.Late;

/// <summary>Finds tools that are too many to be offered with each request, and has those offered that were found.</summary>
internal sealed class SearchToolsTool : ITool
{
    public const string Name = "search_tools";

    private const int MostFound = 8;
    private const string Query = "query";

    private static readonly JsonElement Schema = JsonElement.Parse(
        """
        {"type":"object","properties":{"query":{"type":"string","description":"Words for what the tool should do, or its exact name."}},"required":["query"],"additionalProperties":false}
        """
    );

    private readonly ImmutableArray<ITool> _tools;
    private readonly Action<ImmutableArray<string>> _found;

    /// <param name="tools">All there are, by name.</param>
    /// <param name="found">Has them offered.</param>
    public SearchToolsTool(ImmutableArray<ITool> tools, Action<ImmutableArray<string>> found)
    {
        (_tools, _found) = (tools, found);
        var servers = tools
            .GroupBy(static tool => ServerOf(tool.Definition.Name), StringComparer.Ordinal)
            .Select(static server => $"{server.Key} ({server.Count()})");
        Definition = new ToolDefinition(
            Name,
            "Finds tools of MCP servers that are not in your list. What it finds can be called from your next reply on. "
                + $"Servers, with how many tools each has: {string.Join(", ", servers)}.",
            Schema,
            TimeSpan.FromSeconds(10)
        );
    }

    public ToolDefinition Definition { get; }

    public Preparation Prepare(JsonElement input, ToolContext context)
    {
        if (
            !input.TryGetProperty(Query, out var value)
            || value.ValueKind != JsonValueKind.String
            || string.IsNullOrWhiteSpace(value.GetString())
        )
        {
            return new Preparation.Rejected($"`{Query}` must be a text. The parameters are: {Schema.GetRawText()}");
        }

        var query = value.GetString()!;
        return new Preparation.Accepted(
            new PreparedCall(
                $"Search tools: {query}",
                ResourceAccess.None,
                new PermissionKey(PermissionKind.Read, Name),
                _ => Task.FromResult(Run(query))
            )
        );
    }

    private ToolResult Run(string query)
    {
        var found = Find(query);
        if (found.IsEmpty)
        {
            return ToolResult.Ok(
                $"No tool matches. There are {_tools.Length}; try other words, or the name of a server."
            );
        }

        _found([.. found.Select(static tool => tool.Definition.Name)]);
        return ToolResult.Ok("From your next reply on you can call:") with
        {
            // Words of the servers, as they would stand in the list of tools, where nobody is asked about them either.
            Outside = new OutsideText("descriptions of MCP servers", string.Join("\n\n", found.Select(Describe)))
            {
                IsTrusted = true,
            },
        };
    }

    private ImmutableArray<ITool> Find(string query)
    {
        var exact = _tools.Where(tool => tool.Definition.Name == query.Trim()).ToImmutableArray();
        var words = WordsOf(query);
        return !exact.IsEmpty
            ? exact
            :
            [
                .. _tools
                    .Select(tool => (Tool: tool, Score: Score(tool.Definition, words)))
                    .Where(static hit => hit.Score > 0)
                    .OrderByDescending(static hit => hit.Score)
                    .ThenBy(static hit => hit.Tool.Definition.Name, StringComparer.Ordinal)
                    .Take(MostFound)
                    .Select(static hit => hit.Tool),
            ];
    }

    /// <summary>A word in the name says more than one in the description.</summary>
    private static int Score(ToolDefinition tool, ImmutableArray<string> words) =>
        words.Sum(word =>
            (tool.Name.Contains(word, StringComparison.OrdinalIgnoreCase) ? 4 : 0)
            + (tool.Description.Contains(word, StringComparison.OrdinalIgnoreCase) ? 1 : 0)
        );

    private static ImmutableArray<string> WordsOf(string query) =>
        [
            .. query
                .Split([' ', ',', '_', '-', '.', '/', '"'], StringSplitOptions.RemoveEmptyEntries)
                .Where(static word => word.Length > 1)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    private static string Describe(ITool tool) =>
        $"{tool.Definition.Name}: {tool.Definition.Description}\n{tool.Definition.InputSchema.GetRawText()}";

    private static string ServerOf(string tool) => tool.Split("__") is [_, var server, ..] ? server : tool;
}
