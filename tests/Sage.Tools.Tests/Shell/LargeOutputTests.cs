using System.Diagnostics;
using System.Text.Json;
using Sage.Protocol.Events;
using Sage.Sandbox.Commands;
using Sage.SupervisorHost;
using Sage.TestKit.Fakes;
using Sage.Tools.Shell;
using Sage.Tools.Shell.Output;

namespace Sage.Tools.Tests.Shell;

[Collection(nameof(Alone))]
public sealed class LargeOutputTests : IDisposable
{
    private const long Gigabyte = 1024L * 1024 * 1024;
    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("head -c 1G /dev/zero | tr '\\0' x")]
    [InlineData("yes | head -c 1G")]
    public async Task A_gigabyte_of_output_takes_neither_memory_nor_long(string command)
    {
        var tool = new RunCommandTool(
            new(TestSupervisor.Launch, EnvironmentScrub.Default, TimeProvider.System),
            _bench.Paths,
            new FakeSpillFiles(_bench.SpillRoot),
            _bench.Commands,
            _bench.Sandbox,
            TimeProvider.System
        );
        var (before, peak, shown) = (LiveBytes(), 0L, 0L);
        var context = _bench.Context() with
        {
            Output = text =>
            {
                peak = Math.Max(peak, LiveBytes());
                shown += text.Length;
                return ValueTask.CompletedTask;
            },
        };
        var watch = Stopwatch.StartNew();

        var result = await _bench.RunAsync(tool, JsonSerializer.Serialize(new { command }), context);

        Assert.Equal(ToolCallStatus.Ok, result.Status);
        Assert.Contains("[exit code 0", result.Text, StringComparison.Ordinal);
        Assert.InRange(result.Text.Length, 25_000, tool.Definition.OutputBudget);
        Assert.InRange(peak, 1, before + (8 * 1024 * 1024));
        Assert.InRange(shown, 1, Gigabyte / 4);
        var file = Assert.Single(Directory.GetFiles(_bench.SpillRoot, "*", SearchOption.AllDirectories));
        Assert.Equal(SpillFile.Cap, new FileInfo(file).Length);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(120), $"It took {watch.Elapsed}.");
    }

    /// <summary>What is held, without what the collector has not come round to: how much that is depends on the machine.</summary>
    private static long LiveBytes()
    {
        GC.Collect();
        var found = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return found.HeapSizeBytes - found.FragmentedBytes;
    }
}
