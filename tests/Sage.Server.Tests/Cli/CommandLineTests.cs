using System.Text;
using Sage.Server.Cli;

namespace Sage.Server.Tests.Cli;

public sealed class CommandLineTests
{
    [Fact]
    public async Task The_version_is_one_line()
    {
        var (code, output, error) = await RunAsync("--version");

        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"^sage \d+\.\d+\.\d+\n$", output.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("exec")]
    [InlineData("exec", "a", "b")]
    [InlineData("exec", "--mode", "yolo", "x")]
    [InlineData("exec", "--max-steps", "many", "x")]
    [InlineData("exec", "--unknown", "x")]
    [InlineData("teleport")]
    public async Task What_cannot_be_understood_is_exit_2_with_help_at_hand(params string[] args)
    {
        var (code, output, error) = await RunAsync(args);

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Equal("", output);
        Assert.Contains("--help", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_every_option_of_exec()
    {
        var (code, output, _) = await RunAsync("exec", "--help");

        Assert.Equal(0, code);
        Assert.All(
            "--cwd --provider --base-url --model --mode --allow --trust-project --json --continue --resume --max-steps --max-tokens --max-cost --max-minutes".Split(
                ' '
            ),
            option => Assert.Contains(option, output, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Help_lists_every_command()
    {
        var (code, output, _) = await RunAsync("--help");

        Assert.Equal(0, code);
        Assert.All(["exec", "doctor", "report"], name => Assert.Matches($@"(?m)^  {name}\b", output));
    }

    [Fact]
    public async Task Help_of_the_doctor_says_how_to_let_it_ask_the_model()
    {
        var (code, output, _) = await RunAsync("doctor", "--help");

        Assert.Equal(0, code);
        Assert.All(
            ["--online", "--provider", "--base-url", "--model"],
            option => Assert.Contains(option, output, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Help_of_the_report_says_how_to_add_to_it()
    {
        var (code, output, _) = await RunAsync("report", "--help");

        Assert.Equal(0, code);
        Assert.Contains("--with", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_is_read()
    {
        var exec = new ExecCommandLine();
        var options = exec.Read(
            exec.Command.Parse(
                "--cwd /w --provider p --base-url u --model m --mode autoEdit --allow a --allow b(c) --json --continue --max-steps 3 --max-tokens 4 --max-cost 0.5 --max-minutes 1.5 @prompt".Split(
                    ' '
                ),
                SageCommandLine.Parsing
            )
        );

        Assert.Equal(["a", "b(c)"], options.Allow.ToArray());
        Assert.Equal(
            new ExecOptions
            {
                Prompt = "@prompt",
                Cwd = "/w",
                Provider = "p",
                BaseUrl = "u",
                Model = "m",
                Mode = Protocol.Permissions.PermissionMode.AutoEdit,
                Json = true,
                Continue = true,
                MaxSteps = 3,
                MaxTokens = 4,
                MaxCost = 0.5m,
                MaxMinutes = 1.5,
            },
            options with
            {
                Allow = [],
            }
        );
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new MemoryStream();
        await using var error = new StringWriter();
        var terminal = new Terminal(Stream.Null, output, new Lazy<TextWriter>(() => error));
        var code = await SageCommandLine.RunAsync(args, terminal);
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
