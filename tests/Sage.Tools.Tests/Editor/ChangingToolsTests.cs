using Sage.Agent.EditorKnowledge;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Protocol.EditorKnowledge;
using Sage.Protocol.Events;
using Sage.TestKit.Fakes;
using Sage.Tools.Editor.Edits;

namespace Sage.Tools.Tests.Editor;

public sealed class ChangingToolsTests : IDisposable
{
    private const string Rename = """{"path":"a.ts","line":1,"symbol":"total","new_name":"sum"}""";

    private readonly EditorBench _bench = new();
    private readonly RenameSymbolTool _rename;
    private readonly CodeActionsTool _actions;

    public ChangingToolsTests()
    {
        _rename = new RenameSymbolTool(_bench.Asking, _bench.Change);
        _actions = new CodeActionsTool(_bench.Asking, _bench.Change);
        _bench.Bench.Write("a.ts", "export const total = 1;\r\n");
        _bench.Bench.Write("b.ts", "import { total } from './a';\nlog(total, total);\n");
        _bench.Editor.Rename = _ => new RenameSymbolResult(Both);
    }

    private EditorEdit Both =>
        new([
            _bench.Edits("a.ts", EditorBench.Replace(1, 13, "total", "sum")),
            _bench.Edits(
                "b.ts",
                EditorBench.Replace(2, 11, "total", "sum"),
                EditorBench.Replace(1, 9, "total", "sum"),
                EditorBench.Replace(2, 4, "total", "sum")
            ),
        ]);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_rename_changes_every_file_and_keeps_what_it_held()
    {
        var result = await _bench.RunAsync(_rename, Rename);

        Assert.Equal(ToolCallStatus.Ok, result.Status);
        Assert.StartsWith("Rename total to sum (a.ts:1): 2 files changed.", result.Text, StringComparison.Ordinal);
        Assert.Equal("export const sum = 1;\r\n", _bench.Bench.Read("a.ts"));
        Assert.Equal("import { sum } from './a';\nlog(sum, sum);\n", _bench.Bench.Read("b.ts"));
        var changes = result.Events.OfType<FileChanged>().ToList();
        Assert.Equal(["a.ts", "b.ts"], changes.Select(change => change.Path));
        Assert.All(changes, change => Assert.NotNull(change.Before));
    }

    [Fact]
    public async Task What_would_change_is_shown_and_decided_about_before_it_does()
    {
        var call = _bench.Bench.Accept(_rename, Rename);
        var preflight = await call.PreflightAsync!(CancellationToken.None);

        Assert.Equal(["a.ts", "b.ts"], preflight.Previews.Select(preview => preview.Path));
        Assert.Equal(PermissionKind.Edit, call.Permission.Kind);
        Assert.Equal("rename_symbol(a.ts, b.ts)", preflight.Permission?.Rule);
        Assert.Equal(["a.ts", "b.ts"], preflight.Permission?.Parts.Select(part => part.Text));
        Assert.Equal(ResourceAccess.WritesEverything, call.Access);
        Assert.Contains("total", _bench.Bench.Read("a.ts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_server_is_asked_once_for_what_is_shown_and_written()
    {
        var call = _bench.Bench.Accept(_rename, Rename);
        await call.PreflightAsync!(CancellationToken.None);
        _bench.Editor.Rename = _ => throw new InvalidOperationException("It was asked again.");

        Assert.Equal(ToolCallStatus.Ok, (await call.RunAsync(CancellationToken.None)).Status);
    }

    [Fact]
    public async Task A_file_that_no_longer_reads_as_the_language_server_saw_it_stops_all()
    {
        var call = _bench.Bench.Accept(_rename, Rename);
        await call.PreflightAsync!(CancellationToken.None);
        _bench.Bench.Write("b.ts", "// New.\nimport { total } from './a';\nlog(total, total);\n");

        var result = await call.RunAsync(CancellationToken.None);

        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains("does not fit what is there", result.Text, StringComparison.Ordinal);
        Assert.Contains("total", _bench.Bench.Read("a.ts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_outside_the_workspace_stops_all()
    {
        var outside = Path.Combine(_bench.Bench.Outside, "outside.ts");
        await File.WriteAllTextAsync(outside, "log(total);\n");
        _bench.Editor.Rename = _ => new RenameSymbolResult(
            Both with
            {
                Files = Both.Files.Add(new EditorFileEdit(outside, [EditorBench.Replace(1, 4, "total", "sum")])),
            }
        );

        var call = _bench.Bench.Accept(_rename, Rename);
        var refused = (await call.PreflightAsync!(CancellationToken.None)).Error;

        Assert.Contains("is outside the workspace", refused?.Text, StringComparison.Ordinal);
        Assert.Equal(
            refused?.Text,
            (await call.RunAsync(CancellationToken.None)).Text.Replace(
                " Nothing was changed.",
                "",
                StringComparison.Ordinal
            ) + " Nothing was changed."
        );
        Assert.Contains("total", _bench.Bench.Read("a.ts"), StringComparison.Ordinal);
        Assert.Equal("log(total);\n", await File.ReadAllTextAsync(outside));
    }

    [Fact]
    public async Task An_edit_of_something_else_is_not_trusted()
    {
        _bench.Editor.Rename = _ => new RenameSymbolResult(
            new EditorEdit([_bench.Edits("a.ts", EditorBench.Replace(1, 0, "export", "sum"))])
        );

        var result = await _bench.RunAsync(_rename, Rename);

        Assert.Contains("line 1, is not about `total`", result.Text, StringComparison.Ordinal);
        Assert.Equal("export const total = 1;\r\n", _bench.Bench.Read("a.ts"));
    }

    [Fact]
    public async Task An_edit_that_would_also_move_files_is_refused()
    {
        _bench.Editor.Rename = _ => new RenameSymbolResult(Both with { HasFileOperations = true });

        var result = await _bench.RunAsync(_rename, Rename);

        Assert.Equal(ToolCallStatus.Error, result.Status);
        Assert.Contains("would also create, move or delete files", result.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "`total` cannot be renamed; no language server of the editor can.")]
    [InlineData("It is a keyword.", "`total` cannot be renamed: It is a keyword.")]
    public async Task What_cannot_be_renamed_is_said(string? refusal, string told)
    {
        _bench.Editor.Rename = _ => new RenameSymbolResult(Refusal: refusal);
        var call = _bench.Bench.Accept(_rename, Rename);

        Assert.StartsWith(
            told,
            (await call.PreflightAsync!(CancellationToken.None)).Error?.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nobody_is_asked_when_the_editor_does_not_answer()
    {
        _bench.Editor.Failure = new EditorSilentException("The editor is gone.");
        var call = _bench.Bench.Accept(_rename, Rename);

        Assert.Equal("The editor is gone.", (await call.PreflightAsync!(CancellationToken.None)).Error?.Text);
    }

    [Fact]
    public async Task An_open_document_is_renamed_in_the_editor()
    {
        _bench.Bench.Editor.Open(_bench.PathOf("b.ts"), _bench.Bench.Read("b.ts"), DocumentState.Clean);

        await _bench.RunAsync(_rename, Rename);

        Assert.Equal(1, _bench.Bench.Editor.Replacements);
        Assert.Equal("import { sum } from './a';\nlog(sum, sum);\n", _bench.Bench.Read("b.ts"));
    }

    [Fact]
    public async Task Code_actions_are_listed_with_what_keeps_them_from_being_applied()
    {
        _bench.Editor.CodeActions = _ => new ListCodeActionsResult([
            new EditorCodeAction("Add import", "quickfix", IsPreferred: true),
            new EditorCodeAction("Extract function", "refactor", Obstacle: "runs a command"),
        ]);

        var call = _bench.Bench.Accept(_actions, """{"path":"a.ts","start_line":1,"end_line":1}""");
        var result = await call.RunAsync(CancellationToken.None);

        Assert.Equal(PermissionKind.Read, call.Permission.Kind);
        Assert.Equal(
            "- Add import (quickfix, preferred)\n- Extract function (refactor) [cannot be applied: runs a command]",
            result.Text
        );
    }

    [Fact]
    public async Task A_code_action_with_its_title_is_applied_as_an_edit()
    {
        _bench.Editor.CodeActions = asked => new ListCodeActionsResult(
            [new EditorCodeAction("Make it two", "quickfix")],
            asked.Title == "Make it two"
                ? new EditorEdit([_bench.Edits("a.ts", EditorBench.Replace(1, 21, "1", "2"))])
                : null
        );

        const string input = """{"path":"a.ts","start_line":1,"end_line":1,"title":"Make it two"}""";
        var call = _bench.Bench.Accept(_actions, input);
        var result = await call.RunAsync(CancellationToken.None);

        Assert.Equal((PermissionKind.Edit, ToolCallStatus.Ok), (call.Permission.Kind, result.Status));
        Assert.Equal("export const total = 2;\r\n", _bench.Bench.Read("a.ts"));
    }

    [Theory]
    [InlineData("Extract function", "“Extract function” cannot be applied: runs a command.")]
    [InlineData("Add imports", "There is no code action titled “Add imports” for these lines. There are:\n- Extract")]
    public async Task A_code_action_that_cannot_be_applied_is_said(string title, string told)
    {
        _bench.Editor.CodeActions = _ => new ListCodeActionsResult([
            new EditorCodeAction("Extract function", Obstacle: "runs a command"),
        ]);

        var result = await _bench.RunAsync(
            _actions,
            $$"""{"path":"a.ts","start_line":1,"end_line":1,"title":"{{title}}"}"""
        );

        Assert.StartsWith(told, result.Text, StringComparison.Ordinal);
    }
}
