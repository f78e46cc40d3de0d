using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sage.Agent.Extensions;
using Sage.Server.Handlers.Workspaces;
using Sage.Server.Tests.Fakes;

namespace Sage.Server.Tests.Handlers.Documents;

public sealed class OpenDocumentsTests
{
    [Fact]
    public async Task Unsaved_text_is_what_tools_find()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var path = rig.Folder.Write("a.txt", "one\ntwo\n");
        await OpenAsync(rig, path, "one\ntwo\n");

        await ChangeAsync(rig, path, 2, (1, 0, 1, 3, "2"), (0, 0, 0, 3, "1"));

        var document = await FindAsync(rig, path);
        Assert.Equal(("1\n2\n", 2, true), (document!.Text, document.Version, document.IsDirty));
    }

    [Theory]
    [InlineData("same\n", "same\n", false)]
    [InlineData("same\r\nmixed\n", "same\r\nmixed\r\n", false)]
    [InlineData("on disk\n", "restored by the editor\n", true)]
    public async Task A_document_is_dirty_when_it_differs_from_its_file(string disk, string text, bool dirty)
    {
        await using var rig = await ServerRig.InitializedAsync();
        var path = rig.Folder.Write("a.txt", disk);

        await OpenAsync(rig, path, text);

        Assert.Equal(dirty, (await FindAsync(rig, path))!.IsDirty);
    }

    [Fact]
    public async Task A_byte_order_mark_or_another_encoding_does_not_make_a_document_dirty()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var marked = rig.Folder["bom.txt"];
        await File.WriteAllTextAsync(marked, "é\n", new UTF8Encoding(true));
        var wide = rig.Folder["utf16.txt"];
        await File.WriteAllTextAsync(wide, "é\n", Encoding.Unicode);
        var latin = rig.Folder["latin1.txt"];
        await File.WriteAllTextAsync(latin, "né\n", Encoding.Latin1);

        await OpenAsync(rig, marked, "é\n");
        await OpenAsync(rig, wide, "é\n");
        await OpenAsync(rig, latin, "né\n");

        Assert.False((await FindAsync(rig, marked))!.IsDirty);
        Assert.False((await FindAsync(rig, wide))!.IsDirty);
        Assert.False((await FindAsync(rig, latin))!.IsDirty);
    }

    [Fact]
    public async Task A_document_that_the_editor_reloaded_from_disk_is_clean()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var path = rig.Folder.Write("a.txt", "old\n");
        await OpenAsync(rig, path, "old\n");

        // A command rewrote the file, and the editor followed: all we see is a change.
        await File.WriteAllTextAsync(path, "new\n");
        await ChangeAsync(rig, path, 2, (0, 0, 0, 3, "new"));

        Assert.False((await FindAsync(rig, path))!.IsDirty);
    }

    [Fact]
    public async Task After_saving_a_document_is_clean_and_after_closing_it_is_gone()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var path = rig.Folder.Write("a.txt", "old\n");
        await OpenAsync(rig, path, "old\n");
        await ChangeAsync(rig, path, 2, (0, 0, 0, 3, "new"));
        Assert.True((await FindAsync(rig, path))!.IsDirty);

        await rig.Client.NotifyAsync("textDocument/didSave", $$"""{"textDocument":{"uri":"{{Uri(path)}}"} }""");
        Assert.False((await FindAsync(rig, path))!.IsDirty);

        await rig.Client.NotifyAsync("textDocument/didClose", $$"""{"textDocument":{"uri":"{{Uri(path)}}"} }""");
        Assert.Null(await FindAsync(rig, path));
    }

    [Fact]
    public async Task A_document_that_is_saved_in_the_background_and_closed_before_that_is_told_is_no_mistake()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var path = rig.Folder.Write("a.txt", "old\n");
        await OpenAsync(rig, path, "old\n");
        await ChangeAsync(rig, path, 2, (0, 0, 0, 3, "new"));

        await rig.Client.NotifyAsync("textDocument/didClose", $$"""{"textDocument":{"uri":"{{Uri(path)}}"} }""");
        await rig.Client.NotifyAsync("textDocument/didSave", $$"""{"textDocument":{"uri":"{{Uri(path)}}"} }""");

        Assert.Null(await FindAsync(rig, path));
        Assert.DoesNotContain("didSave", await rig.ReadLogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_is_found_under_its_real_path_when_the_editor_opened_it_through_a_link()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var real = rig.Folder.Write("real/a.txt", "x\n");
        Directory.CreateSymbolicLink(rig.Folder["link"], rig.Folder["real"]);
        var linked = rig.Folder["link/a.txt"];

        await OpenAsync(rig, linked, "unsaved\n");

        Assert.Equal("unsaved\n", (await FindAsync(rig, real))!.Text);
        Assert.Equal("unsaved\n", (await FindAsync(rig, linked))!.Text);
    }

    [Fact]
    public async Task A_clean_document_is_edited_in_the_editor_and_saved()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var path = rig.Folder.Write("my file#1.txt", "one\ntwo\n");
        await OpenAsync(rig, path, "one\ntwo\n");
        await FindAsync(rig, path);
        EditLikeAnEditor(rig, path, "one\n2\n");
        var saved = new List<string>();
        rig.Client.Handle(
            "sage/document/save",
            p =>
            {
                saved.Add(p.GetProperty("path").GetString()!);
                return JsonNode.Parse("""{"saved":true}""");
            }
        );

        Assert.True(await rig.Get<IEditorDocuments>().TryReplaceAsync(path, 1, "one\n2\n", CancellationToken.None));

        Assert.Equal([path], saved);
        Assert.Equal("one\n2\n", (await FindAsync(rig, path))!.Text);
        var edit = (await rig.Client.WaitForMethodAsync("workspace/applyEdit"))
            .GetProperty("params")
            .GetProperty("edit");
        var change = edit.GetProperty("documentChanges")[0];
        Assert.Equal(Uri(path), change.GetProperty("textDocument").GetProperty("uri").GetString());
        Assert.Equal(1, change.GetProperty("textDocument").GetProperty("version").GetInt32());
        Assert.Equal("2", change.GetProperty("edits")[0].GetProperty("newText").GetString());
    }

    [Fact]
    public async Task A_dirty_document_is_edited_but_not_saved()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var path = rig.Folder.Write("a.txt", "disk\n");
        await OpenAsync(rig, path, "unsaved\n");
        await FindAsync(rig, path);
        EditLikeAnEditor(rig, path, "edited\n");

        Assert.True(await rig.Get<IEditorDocuments>().TryReplaceAsync(path, 1, "edited\n", CancellationToken.None));

        Assert.DoesNotContain(rig.Client.Received, m => Method(m) == "sage/document/save");
        Assert.True((await FindAsync(rig, path))!.IsDirty);
    }

    [Fact]
    public async Task A_document_that_moved_on_or_that_the_editor_protects_is_not_edited()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var path = rig.Folder.Write("a.txt", "x\n");
        await OpenAsync(rig, path, "x\n");
        var documents = rig.Get<IEditorDocuments>();
        rig.Client.Handle("workspace/applyEdit", _ => JsonNode.Parse("""{"applied":false}"""));
        await FindAsync(rig, path);

        Assert.False(await documents.TryReplaceAsync(path, 7, "y\n", CancellationToken.None));
        Assert.False(await documents.TryReplaceAsync(path, 1, "y\n", CancellationToken.None));
        Assert.False(await documents.TryReplaceAsync(rig.Folder["b.txt"], 1, "y\n", CancellationToken.None));
    }

    [Fact]
    public async Task Changes_are_applied_in_the_order_in_which_they_were_sent()
    {
        await using var rig = await ServerRig.InitializedAsync();
        var path = rig.Folder.Write("a.txt", "");
        await OpenAsync(rig, path, "");

        for (var i = 0; i < 200; i++)
        {
            await ChangeAsync(rig, path, i + 2, (0, i, 0, i, ((char)('a' + i % 26)).ToString()));
        }

        var expected = string.Concat(Enumerable.Range(0, 200).Select(i => (char)('a' + i % 26)));
        Assert.Equal(expected, (await FindAsync(rig, path))!.Text);
    }

    // The editor's part: it changes the buffer, reports the change, then answers.
    private static void EditLikeAnEditor(ServerRig rig, string path, string newText) =>
        rig.Client.Handle(
            "workspace/applyEdit",
            async _ =>
            {
                var uri = JsonSerializer.Serialize(Uri(path));
                await rig.Client.NotifyAsync(
                    "textDocument/didChange",
                    $$"""{"textDocument":{"uri":{{uri}},"version":2},"contentChanges":[{"text":{{JsonSerializer.Serialize(newText)}}}]}"""
                );
                return JsonNode.Parse("""{"applied":true}""");
            }
        );

    private static Task OpenAsync(ServerRig rig, string path, string text) =>
        rig.Client.NotifyAsync(
            "textDocument/didOpen",
            $$"""{"textDocument":{"uri":"{{Uri(path)}}","languageId":"plaintext","version":1,"text":{{JsonSerializer.Serialize(text)}}} }"""
        );

    private static Task ChangeAsync(
        ServerRig rig,
        string path,
        int version,
        params (int Line, int Character, int EndLine, int EndCharacter, string Text)[] changes
    )
    {
        var list = string.Join(
            ',',
            changes.Select(c =>
                $$"""{"range":{"start":{"line":{{c.Line}},"character":{{c.Character}}},"end":{"line":{{c.EndLine}},"character":{{c.EndCharacter}}} },"text":{{JsonSerializer.Serialize(c.Text)}}}"""
            )
        );
        return rig.Client.NotifyAsync(
            "textDocument/didChange",
            $$"""{"textDocument":{"uri":"{{Uri(path)}}","version":{{version}}},"contentChanges":[{{list}}]}"""
        );
    }

    // A request comes after every notification before it, so afterwards they have been applied.
    private static async Task<EditorDocument?> FindAsync(ServerRig rig, string path)
    {
        await rig.Client.CallAsync("sage/session/list", "{}");
        return rig.Get<IEditorDocuments>().Find(path);
    }

    private static string Uri(string path) => FileUri.FromPath(path);

    private static string? Method(JsonElement message) =>
        message.TryGetProperty("method", out var method) ? method.GetString() : null;
}
