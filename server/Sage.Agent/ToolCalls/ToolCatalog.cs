using Microsoft.Extensions.AI;
using Sage.Agent.Context;
using Sage.Agent.LanguageModels;

namespace Sage.Agent.ToolCalls;

/// <summary>The built-in tools, in one fixed order so that the prompt's prefix never changes.</summary>
public sealed class ToolCatalog
{
    private readonly SortedDictionary<string, ITool> _tools = new(StringComparer.Ordinal);

    public ToolCatalog(IEnumerable<ITool> tools)
    {
        foreach (var tool in tools.Where(static tool => tool.IsAvailable))
        {
            _tools.Add(tool.Definition.Name, tool);
        }

        Offered = [.. _tools.Values.Where(static tool => !tool.IsForPlanning).Select(Offer)];
        ForPlanning = [.. _tools.Values.Where(static tool => tool.IsForPlanning).Select(Offer)];
        OfferedCharacters = _tools.Values.Sum(Characters);
    }

    /// <summary>What each model request says of the tools.</summary>
    public IReadOnlyList<AITool> Offered { get; }

    /// <summary>What it says of them in plan mode, too.</summary>
    public IReadOnlyList<AITool> ForPlanning { get; }

    /// <summary>How much of each request that takes, at most.</summary>
    public long OfferedCharacters { get; }

    /// <summary>About how many tokens a tool adds to each request.</summary>
    public static long Tokens(ITool tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return MessageSize.Tokens(Characters(tool));
    }

    internal ITool? Find(string name) => _tools.GetValueOrDefault(name);

    /// <summary>What a tool adds to each request.</summary>
    internal static long Characters(ITool tool) =>
        tool.Definition.Name.Length
        + tool.Definition.Description.Length
        + tool.Definition.InputSchema.GetRawText().Length;

    internal static AITool Offer(ITool tool) =>
        new OfferedTool(tool.Definition.Name, tool.Definition.Description, tool.Definition.InputSchema);
}
