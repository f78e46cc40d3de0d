using System.Collections.Immutable;
using Sage.Agent.Extensions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;

namespace Sage.TestKit.Fakes;

/// <summary>Tools that a test lets come and go.</summary>
public sealed class FakeToolSource : IToolSource
{
    public ImmutableArray<ITool> Tools { get; set; } = [];

    public ImmutableArray<string> Problems { get; set; } = [];

    public ImmutableArray<ITool> Withheld { get; set; } = [];

    public int MostTokens { get; set; } = int.MaxValue;

    public LateTools Read(Workspace workspace) => new(Tools, Problems, MostTokens) { Withheld = Withheld };
}
