using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Sage.Agent.Context;
using Sage.Agent.Extensions;
using Sage.Agent.Workspaces;

namespace Sage.Agent.ToolCalls.Late;

/// <summary>
/// The tools of one session as they are now: the built-in ones first, so that the beginning of each request stays the same
/// whoever joins, then those that servers bring along, or, when these are too many, one tool that finds them.
/// </summary>
internal sealed class SessionTools
{
    private readonly ToolCatalog _builtIn;
    private readonly IToolSource _source;
    private readonly Workspace _workspace;
    private readonly Lock _refreshing = new();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private ImmutableHashSet<string> _wanted = ImmutableHashSet.Create<string>(StringComparer.Ordinal);
    private Offering _now;

    public SessionTools(ToolCatalog builtIn, IToolSource source, Workspace workspace)
    {
        (_builtIn, _source, _workspace) = (builtIn, source, workspace);
        _now = new Offering(builtIn.Offered, builtIn.OfferedCharacters, ImmutableSortedDictionary<string, ITool>.Empty);
    }

    /// <summary>What a model request says of the tools. Changes with <see cref="Refresh"/> only.</summary>
    public IReadOnlyList<AITool> Offered => _now.Offered;

    /// <summary>What it says of them in plan mode, too.</summary>
    public IReadOnlyList<AITool> ForPlanning => _builtIn.ForPlanning;

    /// <summary>How much of each request that takes.</summary>
    public long OfferedCharacters => _now.Characters;

    /// <summary>The share of Sage's own tools in that.</summary>
    public long BuiltInCharacters => _builtIn.OfferedCharacters;

    /// <summary>Lets everybody who takes time to come begin with it.</summary>
    public void Start() => _source.Read(_workspace);

    /// <summary>Takes in who has come and gone.</summary>
    /// <returns>Problems that this session has not been told.</returns>
    public ImmutableArray<string> Refresh()
    {
        var late = _source.Read(_workspace);
        var byName = ByName(late.Tools);
        // Sub-agents take them in at the same time.
        lock (_refreshing)
        {
            Volatile.Write(ref _now, Offer(byName, late));
            return [.. late.Problems.Where(_told.Add)];
        }
    }

    /// <summary>Also one that is there but not offered: a model may remember it from before.</summary>
    public ITool? Find(string name) =>
        _builtIn.Find(name)
        ?? (name == SearchToolsTool.Name ? _now.Search : null)
        ?? Wanted(_now.Late.GetValueOrDefault(name))
        ?? _now.Withheld.GetValueOrDefault(name);

    /// <summary>The names of those that are offered.</summary>
    public IEnumerable<string> Names => Offered.Select(static tool => tool.Name);

    private ITool? Wanted(ITool? tool)
    {
        if (tool is not null)
        {
            Want([tool.Definition.Name]);
        }

        return tool;
    }

    /// <summary>What was found, or called, is offered from the next request on.</summary>
    private void Want(ImmutableArray<string> names) =>
        ImmutableInterlocked.Update(ref _wanted, static (wanted, names) => wanted.Union(names), names);

    private ImmutableSortedDictionary<string, ITool> ByName(ImmutableArray<ITool> tools) =>
        tools
            .Where(tool => _builtIn.Find(tool.Definition.Name) is null)
            .ToImmutableSortedDictionary(tool => tool.Definition.Name, tool => tool, StringComparer.Ordinal);

    private Offering Offer(ImmutableSortedDictionary<string, ITool> late, LateTools source)
    {
        var tokens = MessageSize.Tokens(late.Values.Sum(ToolCatalog.Characters));
        var search = tokens > source.MostTokens ? new SearchToolsTool([.. late.Values], Want) : null;
        var wanted = _wanted;
        ITool[] offered = search is null
            ? [.. late.Values]
            : [search, .. late.Values.Where(tool => wanted.Contains(tool.Definition.Name))];
        return new Offering(
            [.. _builtIn.Offered, .. offered.Select(ToolCatalog.Offer)],
            _builtIn.OfferedCharacters + offered.Sum(ToolCatalog.Characters),
            late
        )
        {
            Search = search,
            Withheld = ByName(source.Withheld),
        };
    }

    /// <summary>One state of the tools; a request and the calls of its reply see the same one, or a later one.</summary>
    private sealed record Offering(
        IReadOnlyList<AITool> Offered,
        long Characters,
        ImmutableSortedDictionary<string, ITool> Late
    )
    {
        /// <summary>Null where all are offered.</summary>
        public SearchToolsTool? Search { get; init; }

        /// <summary>What is there but not for the model.</summary>
        public ImmutableSortedDictionary<string, ITool> Withheld { get; init; } =
            ImmutableSortedDictionary<string, ITool>.Empty;
    }
}
