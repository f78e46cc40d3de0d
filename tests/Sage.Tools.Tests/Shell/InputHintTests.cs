using Sage.Tools.Shell;

namespace Sage.Tools.Tests.Shell;

public sealed class InputHintTests
{
    [Theory]
    [InlineData("sudo: a terminal is required to read the password; either use the -S option")]
    [InlineData("Host key verification failed.\n")]
    [InlineData("fatal: could not read Username for 'https://example.org': terminal prompts disabled\n")]
    [InlineData("the input device is not a TTY\n")]
    [InlineData("EOFError: EOF when reading a line\n")]
    [InlineData("Do you want to continue? [Y/n] Abort.\n")]
    [InlineData("ExitPromptError: User force closed the prompt with 0 null\n")]
    public void A_complaint_about_missing_input_is_known_when_the_command_failed(string output)
    {
        Assert.True(InputHint.AskedForInput("line\n" + output, failed: true));
        Assert.False(InputHint.AskedForInput("line\n" + output, failed: false));
    }

    [Theory]
    [InlineData("package name: (demo) ")]
    [InlineData("first line\nPassword: ")]
    [InlineData("Overwrite? ")]
    [InlineData(">>> ")]
    [InlineData("Continue? [y/N] ")]
    public void A_line_that_stands_open_like_a_question_is_one_however_it_ended(string output)
    {
        Assert.True(InputHint.AskedForInput(output, failed: true));
        Assert.True(InputHint.AskedForInput(output, failed: false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("done")]
    [InlineData("result: 3")]
    [InlineData("What is this?\n")]
    [InlineData("Password: \n")]
    public void Anything_else_is_not(string output)
    {
        Assert.False(InputHint.AskedForInput(output, failed: true));
        Assert.False(InputHint.AskedForInput(output, failed: false));
    }

    [Fact]
    public void Only_the_last_words_count() =>
        Assert.False(InputHint.AskedForInput("not a tty\n" + new string('x', 5_000), failed: true));
}
