using System.Collections.Immutable;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorKnowledge;
using Sage.Protocol.Events;
using Sage.TestKit.Fakes;
using Sage.Tools.Editor;

namespace Sage.Tools.Tests.Editor;

public sealed class ReadingToolsTests : IDisposable
{
    private readonly EditorBench _bench = new();

    public ReadingToolsTests()
    {
        _bench.Bench.Write("src/a.ts", "export const total = 1;\n");
        _bench.Bench.Write("src/b.ts", "import { total } from './a';\nlog(total);\n");
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task References_come_file_by_file_with_their_lines()
    {
        _bench.Editor.References = _ => new FoundLocations(
            3,
            [At("src/a.ts", 1), At("src/b.ts", 1), At("src/b.ts", 2)]
        );

        var result = await _bench.RunAsync(
            new FindReferencesTool(_bench.Asking),
            """{"path":"src/a.ts","line":1,"symbol":"total"}"""
        );

        Assert.Equal(
            "3 references to `total`, in 2 files:\n\nsrc/a.ts\n1: line 1 of src/a.ts\n\nsrc/b.ts\n1: line 1 of src/b.ts\n2: line 2 of src/b.ts",
            result.Text
        );
        var asked = Assert.IsType<FindReferencesParams>(Assert.Single(_bench.Editor.Asked));
        Assert.Equal((_bench.PathOf("src/a.ts"), 1, "total", 100), (asked.Path, asked.Line, asked.Symbol, asked.Most));
    }

    [Fact]
    public async Task More_references_than_are_told_are_counted()
    {
        _bench.Editor.References = _ => new FoundLocations(240, [At("src/a.ts", 1)]);

        var result = await _bench.RunAsync(
            new FindReferencesTool(_bench.Asking),
            """{"path":"src/a.ts","line":1,"symbol":"total"}"""
        );

        Assert.StartsWith("240 references to `total`, the first in 1 file:", result.Text, StringComparison.Ordinal);
        Assert.EndsWith("[The first 1 of 240.]", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_files_outside_and_of_files_that_may_hold_secrets_are_left_out()
    {
        _bench.Editor.Definitions = _ => new FoundLocations(
            2,
            [
                new EditorLocation("/usr/lib/lib.d.ts", 7, "declare const x;"),
                new EditorLocation(_bench.PathOf(".env"), 2, "KEY=1"),
            ]
        );

        var result = await _bench.RunAsync(
            new GoToDefinitionTool(_bench.Asking),
            """{"path":"src/a.ts","line":1,"symbol":"total"}"""
        );

        Assert.Equal("`total` is defined in:\n\n/usr/lib/lib.d.ts\n7\n\n.env\n2", result.Text);
    }

    [Theory]
    [InlineData("let x;", new[] { 4, 9 }, "Line 1 of src/a.ts is `let x;`, without `sum`. It is on lines 4, 9.")]
    [InlineData("let x;", new int[0], "Line 1 of src/a.ts is `let x;`, without `sum`. `sum` is nowhere in the file.")]
    [InlineData(null, new[] { 4 }, "src/a.ts has no line 1. It is on line 4.")]
    public async Task A_symbol_that_is_not_on_the_line_is_told_with_where_it_is(string? line, int[] lines, string told)
    {
        _bench.Editor.Hover = _ => new ReadHoverResult("", new SymbolMiss([.. lines], line));

        var result = await _bench.RunAsync(
            new HoverTool(_bench.Asking),
            """{"path":"src/a.ts","line":1,"symbol":"sum"}"""
        );

        Assert.Equal((ToolCallStatus.Error, told), (result.Status, result.Text));
    }

    [Fact]
    public async Task What_hovering_tells_is_marked_as_data_that_raises_no_bar()
    {
        _bench.Editor.Hover = _ => new ReadHoverResult("const total: number");

        var result = await _bench.RunAsync(
            new HoverTool(_bench.Asking),
            """{"path":"src/a.ts","line":1,"symbol":"total"}"""
        );

        Assert.Equal(("const total: number", true), (result.Outside?.Text, result.Outside?.IsTrusted));
    }

    [Fact]
    public async Task An_outline_is_indented()
    {
        _bench.Editor.DocumentSymbols = _ => new FoundSymbols(
            2,
            [
                new EditorSymbol("Cart", "class", _bench.PathOf("src/a.ts"), 1, 9),
                new EditorSymbol("add", "method", _bench.PathOf("src/a.ts"), 3, 3, 1),
            ]
        );

        var result = await _bench.RunAsync(new DocumentSymbolsTool(_bench.Asking), """{"path":"src/a.ts"}""");

        Assert.Equal("1-9 class Cart\n  3 method add", result.Text);
    }

    [Fact]
    public async Task Symbols_of_the_workspace_come_with_where_they_are()
    {
        _bench.Editor.WorkspaceSymbols = _ => new FoundSymbols(
            1,
            [new EditorSymbol("add", "method", _bench.PathOf("src/a.ts"), 3, 3, Container: "Cart")]
        );

        var result = await _bench.RunAsync(new WorkspaceSymbolsTool(_bench.Asking), """{"query":"add"}""");

        Assert.Equal("src/a.ts:3 method add in Cart", result.Text);
    }

    [Fact]
    public async Task Problems_are_counted_and_told_a_line_each()
    {
        _bench.Editor.Diagnostics = (_, _) =>
            Task.FromResult(
                FakeEditorKnowledge.Reported(
                    1,
                    new EditorDiagnostic(
                        _bench.PathOf("src/a.ts"),
                        3,
                        EditorSeverity.Error,
                        "Type 'string'\n  is not a number.",
                        "ts",
                        "2322"
                    ),
                    new EditorDiagnostic(_bench.PathOf("src/b.ts"), 1, EditorSeverity.Warning, "Unused."),
                    new EditorDiagnostic(_bench.PathOf("id_rsa"), 1, EditorSeverity.Warning, "Hidden.")
                )
            );

        var result = await _bench.RunAsync(new DiagnosticsTool(_bench.Asking), "{}");

        Assert.Equal(
            "The editor reports 1 error, 2 warnings in the workspace. 1 in files that are not shown along with others are left out.",
            result.Text
        );
        Assert.Equal(
            "src/a.ts:3 error ts(2322): Type 'string' is not a number.\nsrc/b.ts:1 warning: Unused.",
            result.Outside?.Text
        );
        Assert.True(result.Outside?.IsTrusted);
    }

    [Fact]
    public async Task A_file_that_no_tab_shows_is_not_said_to_be_faultless()
    {
        _bench.Editor.Diagnostics = (asked, _) =>
            Task.FromResult(FakeEditorKnowledge.Reported(1) with { Unseen = asked.Paths!.Value });

        var result = await _bench.RunAsync(new DiagnosticsTool(_bench.Asking), """{"path":"src/a.ts"}""");

        Assert.Equal(
            "The editor reports no problems in src/a.ts. No tab shows it, and some language servers look at open files only.",
            result.Text
        );
    }

    [Fact]
    public async Task An_editor_that_does_not_answer_is_an_error_that_the_model_reads()
    {
        _bench.Editor.Failure = new EditorSilentException("The editor did not answer within 30 s.");

        var result = await _bench.RunAsync(new DiagnosticsTool(_bench.Asking), "{}");

        Assert.Equal((ToolCallStatus.Error, "The editor did not answer within 30 s."), (result.Status, result.Text));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_asked_about()
    {
        var result = await _bench.RunAsync(
            new FindReferencesTool(_bench.Asking),
            """{"path":"src/c.ts","line":1,"symbol":"total"}"""
        );

        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Empty(_bench.Editor.Asked);
    }

    [Fact]
    public async Task A_file_outside_the_workspace_is_not_asked_about()
    {
        var result = await _bench.RunAsync(new DocumentSymbolsTool(_bench.Asking), """{"path":"../secret.ts"}""");

        Assert.Contains("outside the workspace", result.Text, StringComparison.Ordinal);
        Assert.Empty(_bench.Editor.Asked);
    }

    [Fact]
    public void Asking_reads_the_workspace_and_is_as_free_as_reading_the_file()
    {
        ImmutableArray<ITool> tools = [new FindReferencesTool(_bench.Asking), new HoverTool(_bench.Asking)];

        Assert.All(
            tools,
            tool =>
            {
                var call = _bench.Bench.Accept(tool, """{"path":"src/a.ts","line":1,"symbol":"total"}""");
                Assert.Equal(PermissionKind.Read, call.Permission.Kind);
                Assert.Equal("src/a.ts", Assert.Single(call.Permission.Reads));
                Assert.True(call.Access.ConflictsWith(ResourceAccess.Write(_bench.PathOf("src/other.ts"))));
                Assert.False(call.Access.ConflictsWith(ResourceAccess.Read(_bench.PathOf("src/a.ts"))));
            }
        );
    }

    [Fact]
    public async Task Asking_about_a_file_that_may_hold_secrets_says_so()
    {
        _bench.Bench.Write(".env", "KEY=1\n");
        var call = _bench.Bench.Accept(new DocumentSymbolsTool(_bench.Asking), """{"path":".env"}""");

        Assert.NotNull((await call.PreflightAsync!(CancellationToken.None)).Danger);
    }

    [Theory]
    [InlineData(0, "total", "`line` must be at least 1.")]
    [InlineData(1, " ", "`symbol` is empty")]
    public void A_place_that_cannot_be_one_is_rejected(int line, string symbol, string told) =>
        Assert.Contains(
            told,
            _bench.Bench.Reject(
                new HoverTool(_bench.Asking),
                $$"""{"path":"src/a.ts","line":{{line}},"symbol":"{{symbol}}"}"""
            ),
            StringComparison.Ordinal
        );

    private EditorLocation At(string relativePath, int line) =>
        new(_bench.PathOf(relativePath), line, $"line {line} of {relativePath}");
}
