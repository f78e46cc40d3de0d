namespace Sage.Server.Tests.Cli.Report;

public sealed class ReportLogTests : IDisposable
{
    private const int Limit = 64 * 1024;
    private readonly ReportRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task The_two_newest_files_are_in_it_the_newest_first()
    {
        _rig.WriteLog("sage-20240101.log", "{\"n\":\"oldest\"}\n", minutesOld: 2);
        _rig.WriteLog("sage-20240103.log", "{\"n\":\"newest\"}\n");
        _rig.WriteLog("sage-20240102.log", "{\"n\":\"middle\"}\n", minutesOld: 1);
        _rig.WriteLog("notes.txt", "{\"n\":\"foreign\"}\n");

        var report = await _rig.RunAsync();

        Assert.DoesNotContain("oldest", report, StringComparison.Ordinal);
        Assert.DoesNotContain("foreign", report, StringComparison.Ordinal);
        Assert.Contains(
            "sage-20240103.log, written last at 2024-10-04 00:00:00Z\n\n```json\n{\"n\":\"newest\"}\n```\n",
            report,
            StringComparison.Ordinal
        );
        Assert.EndsWith("```json\n{\"n\":\"middle\"}\n```\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_long_file_the_last_whole_lines_are_in_it()
    {
        _rig.WriteLog(
            "sage-20240101.log",
            string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"n\":{i:D6}}}\n")) + "{\"unfinished"
        );

        var report = await _rig.RunAsync();

        Assert.Contains("What stands before the last 64 KB is left out.", report, StringComparison.Ordinal);
        Assert.EndsWith("{\"n\":019999}\n```\n", report, StringComparison.Ordinal);
        Assert.All(LogLines(report), line => Assert.Matches(@"^\{""n"":\d{6}\}$", line));
        Assert.InRange(LogLines(report).Sum(line => line.Length + 1), Limit - 100, Limit);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_file_at_the_limit_is_whole_and_one_above_it_loses_its_first_line(int more)
    {
        var first = new string('a', 99 + more);
        _rig.WriteLog("sage-20240101.log", $"{first}\n{new string('b', Limit - 101)}\n");

        var report = await _rig.RunAsync();

        Assert.Equal(more == 0, report.Contains(first, StringComparison.Ordinal));
        Assert.Contains("bbb", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_longer_than_the_limit_is_left_out_and_harms_nothing()
    {
        _rig.WriteLog("sage-20240101.log", new string('x', 2 * Limit));

        var report = await _rig.RunAsync();

        Assert.DoesNotContain("xxx", report, StringComparison.Ordinal);
        Assert.EndsWith("is left out.\n\n```json\n\n```\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_logged_to_find_bugs_in_Sage_itself_is_left_out_and_counted()
    {
        _rig.WriteLog(
            "sage-20240101.log",
            """
            {"@mt":"quiet","@l":"Debug"}
            {"@mt":"quieter","@l":"Verbose"}
            {"@mt":"loud","@l":"Warning"}

            """
        );

        var report = await _rig.RunAsync();

        Assert.DoesNotContain("quiet", report, StringComparison.Ordinal);
        Assert.Contains("2 lines of the levels Debug and Verbose are left out.", report, StringComparison.Ordinal);
        Assert.Contains("```json\n{\"@mt\":\"loud\",\"@l\":\"Warning\"}\n```", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_a_server_still_writes_is_read()
    {
        _rig.WriteLog("sage-20240101.log", "{\"n\":1}\n");
        var path = Path.Combine(_rig.SageHome, "logs", "sage-20240101.log");
        await using var server = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);

        Assert.Contains("{\"n\":1}", await _rig.RunAsync(), StringComparison.Ordinal);
    }

    private static List<string> LogLines(string report) => [.. report.Split('\n').Where(line => line.StartsWith('{'))];
}
