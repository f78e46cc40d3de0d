using System.Text;
using Sage.Protocol;
using Sage.Server.Cli;

namespace Sage.Server.Tests.Cli.Report;

public sealed class ReportCommandTests : IDisposable
{
    private const string Key = "sk-ant-api03-abcdefghijklmnopqrstuvwx";
    private readonly ReportRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Where_nothing_exists_it_says_so_and_holds_what_the_doctor_finds()
    {
        var report = await _rig.RunAsync();

        Assert.StartsWith("# Report on Sage\n", report, StringComparison.Ordinal);
        Assert.Contains("no prompts, no code and no conversation", report, StringComparison.Ordinal);
        Assert.Contains("Read it before you share it", report, StringComparison.Ordinal);
        Assert.Matches(@"\nok    version +sage \d+\.\d+\.\d+\n", report);
        Assert.Matches(@"\nok    runtime +\.NET ", report);
        Assert.Matches(@"\nok    computer +\S", report);
        Assert.Matches(@"\nok    model +test/scripted is ready\n", report);
        Assert.Matches(@"\nfail  commands +A test command did not work", report);
        Assert.EndsWith("## The end of the log\n\nThere is no log.\n", report, StringComparison.Ordinal);
        Assert.DoesNotContain("## What was added", report, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_rig.SageHome, "sessions")));
    }

    [Fact]
    public async Task A_home_that_cannot_be_read_is_a_finding_not_a_failure()
    {
        _rig.Folder.Write("home/anna/.sage", "a file where a folder should be");

        var report = await _rig.RunAsync();

        Assert.Matches(@"\nfail  home +~[/\\]\.sage cannot be written", report);
        Assert.Contains("log", report[report.IndexOf("## The end of the log", StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task A_home_without_permission_is_a_finding_not_a_failure()
    {
        _rig.WriteLog("sage-20240101.log", "{}\n");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(_rig.SageHome, UnixFileMode.None);
        try
        {
            Assert.Contains("## The end of the log", await _rig.RunAsync(), StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(
                _rig.SageHome,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
    }

    [Fact]
    public async Task Models_that_cannot_be_listed_are_a_finding_not_a_failure()
    {
        _rig.Models.Failure = new SageException(ErrorCodes.UnknownModel, "There is no provider anna.");

        Assert.Matches(@"\nfail  model +There is no provider \[user\]\.\n", await _rig.RunAsync());
    }

    [Fact]
    public async Task Keys_of_the_environment_the_log_and_the_added_text_do_not_get_into_it()
    {
        const string variable = "REPORT_COMMAND_TESTS_API_KEY";
        Environment.SetEnvironmentVariable(variable, "no-known-shape-42");
        try
        {
            _rig.WriteLog("sage-20240101.log", $$"""{"@mt":"Refused\n{{Key}}","key":"no-known-shape-42"}""" + "\n");

            var report = await _rig.RunAsync("-", $"no-known-shape-42 {Key} https://anna:p4ssw0rd@example.org/v1");

            Assert.DoesNotContain("no-known-shape-42", report, StringComparison.Ordinal);
            Assert.DoesNotContain("abcdefghijklmnop", report, StringComparison.Ordinal);
            Assert.DoesNotContain("p4ssw0rd", report, StringComparison.Ordinal);
            Assert.Contains(@"{""@mt"":""Refused\n[secret]"",""key"":""[secret]""}", report, StringComparison.Ordinal);
            Assert.Contains(
                "[secret] [secret] https://[user]:[secret]@example.org/v1",
                report,
                StringComparison.Ordinal
            );
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Fact]
    public async Task Who_somebody_is_does_not_get_into_it()
    {
        _rig.WriteLog("sage-20240101.log", """{"@mt":"anna opened it on ANNAS-LAPTOP","x":"hannah"}""" + "\n");

        var report = await _rig.RunAsync(
            "-",
            $"{_rig.Folder["home/anna"]}/work/a.cs and {_rig.Folder["home/annabel"]}/x"
        );

        Assert.Matches(@"\nok    home +~[/\\]\.sage is writable\n", report);
        Assert.Contains("~/work/a.cs and ", report, StringComparison.Ordinal);
        Assert.Contains("annabel", report, StringComparison.Ordinal);
        Assert.Contains("[user] opened it on [machine]", report, StringComparison.Ordinal);
        Assert.Contains("hannah", report, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?i)\banna\b|annas-laptop", report);
    }

    [Fact]
    public async Task The_added_text_stands_in_a_block_that_it_cannot_leave()
    {
        var report = await _rig.RunAsync("-", "before\r\n````\n# no heading\n```\u0000\u001b[31m\n");

        Assert.Contains(
            "## What was added\n\n`````text\nbefore\n````\n# no heading\n```\uFFFD\uFFFD[31m\n`````\n",
            report,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_file_can_be_added()
    {
        var file = _rig.Folder.Write("more.txt", "what else is known");

        Assert.Contains("```text\nwhat else is known\n```", await _rig.RunAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_the_callers_mistake()
    {
        var code = await _rig.RunForCodeAsync(_rig.Folder["missing.txt"], Stream.Null);

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Equal("", _rig.Output);
        Assert.Contains("--with", _rig.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_long_added_text_the_first_lines_are_kept_and_the_cut_is_said()
    {
        var lines = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"line {i:D5}\n"));
        var input = new MemoryStream(Encoding.UTF8.GetBytes(lines));

        Assert.Equal(ExitCodes.Completed, await _rig.RunForCodeAsync("-", input));

        Assert.Contains("What follows the first 256 KB is left out.", _rig.Output, StringComparison.Ordinal);
        Assert.Contains("```text\nline 00000\n", _rig.Output, StringComparison.Ordinal);
        // 11 bytes each.
        Assert.Contains("line 23830\n```\n", _rig.Output, StringComparison.Ordinal);
        Assert.True(input.Position <= (256 * 1024) + 1);
    }
}
