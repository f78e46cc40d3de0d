using System.Diagnostics;
using Sage.TestKit;

namespace Sage.Server.Tests.EndToEnd;

[Trait("Category", "EndToEnd")]
public sealed class ReportTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_program_writes_a_report_without_the_key_it_was_given_and_opens_no_session()
    {
        _home.Write("sage/logs/sage-20240101.log", """{"@mt":"The key is a-key-for-tests"}""" + "\n");
        var start = SageBinary.Start(_home["sage"], "report", "--with", "-");
        start.Environment["SAGE_API_KEY"] = "a-key-for-tests";
        start.Environment["HOME"] = _home.Root;

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync($"The editor knows a-key-for-tests and {_home["a.txt"]}.\n```\n");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);

        var report = (await output).ReplaceLineEndings("\n");
        Assert.Equal((0, ""), (process.ExitCode, await error));
        Assert.StartsWith("# Report on Sage\n", report, StringComparison.Ordinal);
        Assert.Matches(@"\nok    version +sage \d+\.\d+\.\d+\n", report);
        Assert.Contains("Native AOT", report, StringComparison.Ordinal);
        Assert.Contains("""{"@mt":"The key is [secret]"}""", report, StringComparison.Ordinal);
        Assert.Contains("The editor knows [secret] and ", report, StringComparison.Ordinal);
        Assert.DoesNotContain("a-key-for-tests", report, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Contains("[secret] and ~/a.txt", report, StringComparison.Ordinal);
            Assert.DoesNotContain(_home.Root, report, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(_home["sage/sessions"]));
    }
}
