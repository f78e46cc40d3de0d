using System.Text;
using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.TestKit.Fakes;
using Sage.Tools.Search;

namespace Sage.Tools.Tests.Search;

/// <summary>Both engines give the same answer, word for word. Needs a ripgrep; what can be shown without one is in <see cref="RipgrepTests"/>.</summary>
public sealed class RipgrepAgreementTests : IDisposable
{
    private static readonly string[] Queries =
    [
        """{"pattern":"hit"}""",
        """{"pattern":"HIT","case_insensitive":true}""",
        """{"pattern":"^hit$"}""",
        """{"pattern":"hit","context":2}""",
        """{"pattern":"hit","output":"files"}""",
        """{"pattern":"hit","output":"count"}""",
        """{"pattern":"hit","glob":"*.ts"}""",
        """{"pattern":"hit","glob":"src/**/*.{ts,tsx}"}""",
        """{"pattern":"hit","glob":"./src/*"}""",
        """{"pattern":"hit","glob":"src/"}""",
        """{"pattern":"hit","glob":"!*.ts"}""",
        """{"pattern":"hit","type":"ts"}""",
        """{"pattern":"hit","type":"ts","glob":"src/**"}""",
        """{"pattern":"hit","path":"src"}""",
        """{"pattern":"hit","path":"src","glob":"deep/*"}""",
        """{"pattern":"hit","path":"src/a.ts"}""",
        """{"pattern":"hit","path":"dist"}""",
        """{"pattern":"hit","path":"dist/out.js"}""",
        """{"pattern":"hit","head_limit":3}""",
        """{"pattern":"foo\\(\\s*1,","multiline":true}""",
        """{"pattern":"foo.*?\\)","multiline":true}""",
        """{"pattern":"foo\\($","multiline":true}""",
        """{"pattern":"foo(?!bar)"}""",
        """{"pattern":"(?P<word>hit) \\d+"}""",
        """{"pattern":"müde"}""",
        """{"pattern":"nothing at all"}""",
        """{"pattern":"typed"}""",
        """{"pattern":"foo("}""",
    ];

    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [RipgrepFact]
    public async Task Both_engines_give_the_same_answers()
    {
        Fill();
        var managed = new GrepTool(_bench.Paths, _bench.Editor, static () => null);
        var ripgrep = new GrepTool(_bench.Paths, _bench.Editor, static () => RipgrepFactAttribute.Executable);
        foreach (var query in Queries)
        {
            Assert.Equal(
                Told(query, await _bench.RunAsync(managed, query)),
                Told(query, await _bench.RunAsync(ripgrep, query))
            );
        }
    }

    [RipgrepFact]
    public async Task A_flood_of_matches_stops_the_child()
    {
        for (var i = 0; i < 20; i++)
        {
            _bench.Write($"{i:00}.txt", string.Concat(Enumerable.Repeat("hit\n", 5_000)));
        }

        var ripgrep = new GrepTool(_bench.Paths, _bench.Editor, static () => RipgrepFactAttribute.Executable);
        var result = await _bench.RunAsync(ripgrep, """{"pattern":"hit","head_limit":1}""");
        Assert.Equal(ToolCallStatus.Ok, result.Status);
        Assert.Contains("[The first 1 of more than", result.Text, StringComparison.Ordinal);
    }

    [RipgrepFact]
    public async Task Cancelling_kills_the_child()
    {
        _bench.Write("a.txt", string.Concat(Enumerable.Repeat("hit\n", 5_000)));
        using var turn = new CancellationTokenSource();
        var started = new MatchCollector(async _ => await turn.CancelAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Ripgrep.RunAsync(
                RipgrepFactAttribute.Executable!,
                new SearchQuery(_bench.Workspace.Root, null, "hit"),
                new HashSet<string>(),
                started,
                turn.Token
            )
        );
    }

    private static string Told(string query, ToolResult result) => $"{query}\n{result.Status}\n{result.Text}";

    private void Fill()
    {
        _bench.Write(".gitignore", "dist/\n*.log\n!keep.log\n");
        _bench.Write("dist/out.js", "hit\n");
        _bench.Write("drop.log", "hit\n");
        _bench.Write("keep.log", "hit\n");
        _bench.Write(".git/HEAD", "hit\n");
        _bench.Write(".github/ci.yml", "hit: 1\n");
        _bench.Write("src/.gitignore", "/gen.ts\n");
        _bench.Write("src/gen.ts", "hit\n");
        _bench.Write("src/a.ts", "one\nhit 1\ntwo\nthree\nfour\nfive\nsix\nhit 2\nhit 3\nlast");
        _bench.Write("src/crlf.ts", "one\r\nhit\r\nfoo(\r\n  1,\r\n)\r\n");
        _bench.Write("src/deep/b.tsx", "Hit\nfoobar foobaz\nfoobar\n\nhit\n");
        _bench.Write("src/deep/c.ts", "foo(\n  1,\n)\nfoo(2)\nhit\n");
        _bench.Write("a.bin", [.. "hit\0"u8]);
        _bench.Write("utf16.txt", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("ein hit, müde\n")]);
        _bench.Write("bom.txt", [0xEF, 0xBB, 0xBF, .. "hit\n"u8]);
        _bench.Write("long.js", "hit" + new string('x', 5_000));
        _bench.Write("empty.txt", "");
        File.CreateSymbolicLink(_bench.PathOf("link.ts"), "src/a.ts");
        Directory.CreateSymbolicLink(_bench.PathOf("loop"), ".");
        _bench.Editor.Open(_bench.Write("open.ts", "hit\n"), "typed\nhit\n", DocumentState.Dirty);
        _bench.Editor.Open(_bench.PathOf("dist/new.js"), "typed hit\n", DocumentState.Dirty);
    }
}

/// <summary>Runs where a ripgrep is: on the search path, or named by <c>SAGE_TEST_RIPGREP</c>. Elsewhere the skip says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RipgrepFactAttribute : FactAttribute
{
    public RipgrepFactAttribute() =>
        Skip = Executable is null ? "No ripgrep here: put rg on the PATH or name one in SAGE_TEST_RIPGREP." : null!;

    internal static string? Executable { get; } =
        Environment.GetEnvironmentVariable("SAGE_TEST_RIPGREP")
        ?? Ripgrep.FindOnPath(Environment.GetEnvironmentVariable("PATH"));
}
