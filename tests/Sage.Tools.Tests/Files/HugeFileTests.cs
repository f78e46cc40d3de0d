using Sage.Agent.ToolCalls;
using Sage.Protocol.Events;
using Sage.Tools.Files;

namespace Sage.Tools.Tests.Files;

/// <summary>Measures what the whole process allocates, so nothing else may run meanwhile.</summary>
[Collection(nameof(Alone))]
public sealed class HugeFileTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly ReadFileTool _tool;

    public HugeFileTests() => _tool = new ReadFileTool(_bench.Files);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_huge_file_is_read_by_range_without_holding_it()
    {
        const int lines = 3_000_000;
        await using (var writer = new StreamWriter(_bench.PathOf("huge.log")))
        {
            for (var i = 1; i <= lines; i++)
            {
                await writer.WriteLineAsync($"{i} ................................................................");
            }
        }

        var whole = await _bench.RunAsync(_tool, """{"path":"huge.log"}""");
        Assert.Equal(ToolCallStatus.Error, whole.Status);
        Assert.Contains("Give start_line and end_line", whole.Text, StringComparison.Ordinal);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var part = await _bench.RunAsync(_tool, """{"path":"huge.log","start_line":2500000,"end_line":2500001}""");
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.StartsWith(
            $"huge.log, lines 2500000-2500001 of {lines}.\n2500000\t2500000 ...",
            part.Text,
            StringComparison.Ordinal
        );
        // Held as text it would be twice the file's size. The test host allocates too while it reports the tests before this one.
        Assert.InRange(allocated, 0, new FileInfo(_bench.PathOf("huge.log")).Length / 2);

        var beyond = await _bench.RunAsync(_tool, """{"path":"huge.log","start_line":3000001}""");
        Assert.Equal(ToolResult.Error("huge.log has 3000000 lines; there is no line 3000001."), beyond);
    }
}
