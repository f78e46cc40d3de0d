using Sage.Protocol.Events;
using Sage.Tools.Files;

namespace Sage.Tools.Tests.Web;

public sealed class KeptPageTests
{
    /// <summary>Whoever reads on in a long page reads on from outside.</summary>
    [Fact]
    public async Task A_page_that_was_kept_is_from_outside_when_it_is_read_again()
    {
        using var bench = new ToolBench();
        var path = Path.Combine(bench.SpillRoot, "call-1.txt");
        await File.WriteAllTextAsync(
            path,
            "<outside-content id=\"77\" source=\"https://example.com/\">\nOne\nTwo\n</outside-content id=\"77\">"
        );

        var result = await bench.RunAsync(new ReadFileTool(bench.Files), $$"""{"path":"{{path}}","start_line":2}""");

        Assert.Equal(("", ToolCallStatus.Ok), (result.Text, result.Status));
        Assert.Equal("https://example.com/", result.Outside!.Source);
        Assert.Contains("2\tOne\n3\tTwo", result.Outside.Text, StringComparison.Ordinal);
    }
}
