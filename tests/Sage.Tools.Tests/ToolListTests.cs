using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.Extensions;
using Sage.Agent.Skills;
using Sage.Agent.ToolCalls;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Supervision;
using Sage.TestKit;
using Sage.TestKit.Fakes;

namespace Sage.Tools.Tests;

[Collection(nameof(Alone))]
public sealed class ToolListTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    [Fact]
    public void The_list_stands_in_the_order_of_names()
    {
        var names = Tools().Select(static tool => tool.Definition.Name).ToArray();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Equal(names.Distinct(), names);
    }

    /// <summary>What models see is a contract: a change of it is a decision.</summary>
    [Fact]
    public void What_the_model_is_told_matches_the_golden_file() =>
        GoldenFile.AssertMatches("tools.json", Described(Tools()));

    /// <summary>Four characters a token is a generous estimate for JSON.</summary>
    [Fact]
    public void The_list_is_short() => Assert.InRange(Characters(Tools()) / 3, 0, 2_800);

    [Fact]
    public void What_an_editor_adds_is_short() => Assert.InRange(Characters(EditorTools()) / 3, 0, 700);

    [Fact]
    public void What_an_editor_adds_matches_the_golden_file() =>
        GoldenFile.AssertMatches("editor-tools.json", Described(EditorTools()));

    [Fact]
    public void Only_an_editor_that_can_be_asked_adds_tools() =>
        Assert.Equal(
            [
                "code_actions",
                "diagnostics",
                "document_symbols",
                "find_references",
                "go_to_definition",
                "hover",
                "rename_symbol",
                "workspace_symbols",
            ],
            EditorTools().Select(static tool => tool.Definition.Name)
        );

    [Fact]
    public void A_schema_says_no_more_than_a_model_needs() =>
        Assert.All(
            Tools(new FakeEditorKnowledge()),
            static tool =>
            {
                var schema = tool.Definition.InputSchema.GetRawText();
                Assert.DoesNotContain("$schema", schema, StringComparison.Ordinal);
                Assert.DoesNotContain("\"title\":\"", schema, StringComparison.Ordinal);
                Assert.DoesNotContain("null", schema, StringComparison.Ordinal);
            }
        );

    /// <summary>The figure is well under a millisecond; the test allows for a busy machine and untuned code.</summary>
    [Fact]
    public async Task Reading_a_small_file_costs_next_to_nothing()
    {
        using var bench = new ToolBench();
        bench.Write("a.ts", string.Concat(Enumerable.Range(0, 100).Select(static i => $"const value{i} = {i};\n")));
        var tool = new Sage.Tools.Files.ReadFileTool(bench.Files);
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 300; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await bench.RunAsync(tool, """{"path":"a.ts"}""");
            var elapsed = Stopwatch.GetElapsedTime(start);
            best = elapsed < best ? elapsed : best;
        }

        Assert.InRange(best.TotalMilliseconds, 0, 2);
    }

    private static IEnumerable<ITool> EditorTools()
    {
        var headless = Tools().Select(static tool => tool.Definition.Name).ToHashSet(StringComparer.Ordinal);
        return Tools(new FakeEditorKnowledge()).Where(tool => !headless.Contains(tool.Definition.Name));
    }

    private static string Described(IEnumerable<ITool> tools) =>
        JsonSerializer.Serialize(
            tools.Select(static tool => new
            {
                name = tool.Definition.Name,
                description = tool.Definition.Description,
                input_schema = tool.Definition.InputSchema,
                timeout_s = tool.Definition.Timeout.TotalSeconds,
                output_budget = tool.Definition.OutputBudget,
            }),
            Indented
        );

    private static int Characters(IEnumerable<ITool> tools) =>
        tools.Sum(static tool =>
            tool.Definition.Name.Length
            + tool.Definition.Description.Length
            + tool.Definition.InputSchema.GetRawText().Length
        );

    private static List<ITool> Tools(IEditorKnowledge? editor = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IEditorDocuments>(new NoEditorDocuments());
        services.AddSingleton(editor ?? new NoEditorKnowledge());
        services.AddSingleton<ISpillFiles>(new FakeSpillFiles("/spill"));
        services.AddSingleton<ISkills>(new FakeSkills());
        services.AddSingleton<IPermissionRules>(new FakePermissionRules());
        services.AddSingleton<IFileImages>(new MemoryFileImages());
        services.AddSingleton<IWebSettings>(
            new FixedWebSettings(new SearchEndpoint("searxng", "http://search.example", null))
        );
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(
            new CommandRunner(new SupervisorLaunch("sage", []), EnvironmentScrub.Default, TimeProvider.System)
        );
        services.AddSageTools();
        using var provider = services.BuildServiceProvider();
        return [.. provider.GetServices<ITool>().Where(static tool => tool.IsAvailable)];
    }
}
