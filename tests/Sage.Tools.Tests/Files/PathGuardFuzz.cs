using System.Text.Json;
using CsCheck;
using Sage.Agent.ToolCalls;
using Sage.TestKit;
using Sage.Tools.Files;
using Sage.Tools.Files.Moving;
using Sage.Tools.Search;

namespace Sage.Tools.Tests.Files;

/// <summary>
/// Whatever links a workspace has and whatever paths a model writes: nothing outside is read or changed.
/// </summary>
[Collection(nameof(Alone))]
public sealed class PathGuardFuzz
{
    private const string Secret = "what-stands-outside";

    private static readonly Gen<string> Name = Pick.From("a", "b", "link", "folder", "deep", "loop", "git", "é", "a ");

    private static readonly Gen<string> Segment = Gen.OneOf(
        Name,
        Pick.From(
            "..",
            "..",
            ".",
            "",
            "~",
            "...",
            ".. ",
            "..\\",
            "%2e%2e",
            "a\0b",
            "\u202e",
            "outside",
            "file:",
            "CON",
            "a::$DATA"
        )
    );

    /// <summary>Where a link points: <c>{o}</c> is the folder outside, <c>{w}</c> the workspace.</summary>
    private static readonly Gen<string> Target = Gen.OneOf(
        Pick.From(
            "{o}",
            "{o}/secret.txt",
            "{o}/new.txt",
            "{o}/../outside",
            "../outside",
            "../../outside/secret.txt",
            "{w}",
            "{w}/a",
            ".",
            "..",
            "link",
            "loop",
            "nowhere",
            "/",
            "/proc/self/root"
        ),
        Segment.Array[1, 4].Select(static parts => string.Join('/', parts).Replace("\0", "", StringComparison.Ordinal))
    );

    private static readonly Gen<string> Path = Gen.OneOf(
        Segment.Array[1, 5].Select(static parts => string.Join('/', parts)),
        Gen.Select(
            Pick.From(
                "{o}/",
                "{w}/",
                "{w}/../outside/",
                "file://{o}/",
                "//{o}/",
                "/proc/self/cwd/",
                "/proc/self/root{o}/",
                "~/"
            ),
            Segment.Array[0, 4],
            static (root, parts) => root + string.Join('/', parts)
        ),
        Pick.From("{o}/secret.txt", "link/secret.txt", "folder/link/secret.txt", "link", "deep/../link/secret.txt")
    );

    private static readonly Gen<(string Tool, string Path, string Other)> Call = Gen.Select(
        Pick.From("read", "write", "edit", "delete", "move", "list", "grep"),
        Path,
        Path
    );

    [Fact]
    public Task Nothing_outside_the_workspace_is_read_or_changed() =>
        Gen.Select(Gen.Select(Name, Name, Target).Array[0, 6], Call.Array[1, 12])
            .SampleAsync(sample => PlayAsync(sample.Item1, sample.Item2), iter: Fuzz.Size(ordinary: 150), threads: 1);

    private static async Task PlayAsync(
        (string Folder, string Name, string Target)[] links,
        (string Tool, string Path, string Other)[] calls
    )
    {
        using var bench = new ToolBench();
        var outside = System.IO.Path.Combine(bench.Outside, "outside");
        Directory.CreateDirectory(outside);
        await File.WriteAllTextAsync(System.IO.Path.Combine(outside, "secret.txt"), Secret);
        bench.Write("a", "one\n");
        bench.Write("folder/a", "two\n");
        bench.Write("deep/folder/a", "three\n");
        string Real(string text) =>
            text.Replace("{o}", outside, StringComparison.Ordinal)
                .Replace("{w}", bench.Workspace.Root, StringComparison.Ordinal);
        foreach (var (folder, name, target) in links)
        {
            Link(bench.PathOf($"{folder}/{name}"), Real(target));
            Link(bench.PathOf(name), Real(target));
        }

        var before = Outside(bench, outside);
        foreach (var (tool, path, other) in calls)
        {
            var result = await RunAsync(bench, tool, Real(path), Real(other));
            Assert.DoesNotContain(Secret, result.Text, StringComparison.Ordinal);
            Assert.True(Outside(bench, outside) == before, $"{tool} {path} {other} came outside: {result.Text}");
        }
    }

    private static void Link(string path, string target)
    {
        try
        {
            if (!System.IO.Path.Exists(path) && target.Length > 0)
            {
                File.CreateSymbolicLink(path, target);
            }
        }
        catch (IOException)
        {
            // Its folder is a file, or a link that leads nowhere: then there is one link less.
        }
    }

    // Links of the workspace may have led some of its own links outside.
    private static string Outside(ToolBench bench, string outside) =>
        string.Join(
            '\n',
            [
                .. Directory.GetFileSystemEntries(bench.Outside).Order(StringComparer.Ordinal),
                .. Directory.GetFileSystemEntries(outside).Order(StringComparer.Ordinal),
                File.ReadAllText(System.IO.Path.Combine(outside, "secret.txt")),
            ]
        );

    private static async Task<ToolResult> RunAsync(ToolBench bench, string tool, string path, string other)
    {
        var rewriter = new FileRewriter(bench.Files, bench.Images);
        (ITool Tool, object Input) call = tool switch
        {
            "read" => (new ReadFileTool(bench.Files), new { path }),
            "write" => (new WriteFileTool(rewriter), new { path, content = "written\n" }),
            "edit" => (
                new EditFileTool(rewriter),
                new { path, edits = new[] { new { old_text = Secret, new_text = "gone" } } }
            ),
            "delete" => (new DeleteFileTool(rewriter), new { path }),
            "move" => (new MoveFileTool(rewriter), new { from = path, to = other }),
            "list" => (new ListDirectoryTool(bench.Paths), new { path }),
            _ => (new GlobTool(bench.Paths), new { pattern = "**/*.txt", path }),
        };
        return bench.Prepare(call.Tool, JsonSerializer.Serialize(call.Input)) switch
        {
            Preparation.Accepted(var prepared) => await prepared.RunAsync(CancellationToken.None),
            Preparation.Rejected(var error) => ToolResult.Error(error),
            var odd => throw new InvalidOperationException(odd.ToString()),
        };
    }
}
