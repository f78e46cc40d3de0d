using System.Diagnostics;
using CsCheck;
using Sage.Sandbox.Windows;
using Sage.Sandbox.Windows.Integrity;

namespace Sage.Sandbox.Tests.Windows.Integrity;

public sealed class CommandTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [InlineData(@"C:\a b\", @"""C:\a b\\""")]
    [InlineData(@"back\""slash", @"""back\\\""slash""")]
    public void An_argument_is_quoted_as_the_runtime_of_C_reads_it(string argument, string written) =>
        Assert.Equal($"sh.exe {written}", CommandText.Line(new ProcessStartInfo("sh.exe", [argument])));

    [Fact]
    public void Whatever_an_argument_is_it_arrives() =>
        Gen.String[Gen.Char[" \\\"a\t;"], 0, 12]
            .Array[1, 4]
            .Sample(arguments =>
            {
                var line = CommandText.Line(new ProcessStartInfo("x", arguments));
                Assert.Equal(["x", .. arguments], Taken(line));
            });

    [Fact]
    public void The_command_of_the_system_s_shell_stays_as_it_is() =>
        Assert.Equal("cmd.exe /d /s /c \"echo \"a b\"", CommandText.Line(ShellCommand.Start("cmd.exe", "echo \"a b")));

    [Fact]
    public void The_environment_is_in_order_and_ends_twice() =>
        Assert.Equal(
            "A=1\0b=2\0PATH=x;y\0\0",
            CommandText.Environment([new("PATH", "x;y"), new("b", "2"), new("A", "1")])
        );

    /// <summary>The rules of Microsoft's C runtime, written down a second time.</summary>
    private static List<string> Taken(string line)
    {
        List<string> arguments = [];
        for (var at = 0; at < line.Length; )
        {
            var (text, quoted) = ("", false);
            for (; at < line.Length && (quoted || line[at] is not (' ' or '\t')); at++)
            {
                var slashes = 0;
                for (; at < line.Length && line[at] == '\\'; at++)
                {
                    slashes++;
                }

                var isQuote = at < line.Length && line[at] == '"';
                text += new string('\\', isQuote ? slashes / 2 : slashes);
                if (isQuote && slashes % 2 == 0)
                {
                    quoted = !quoted;
                }
                else if (at < line.Length && (isQuote || quoted || line[at] is not (' ' or '\t')))
                {
                    text += line[at];
                }
                else
                {
                    break;
                }
            }

            arguments.Add(text);
            at++;
        }

        return arguments;
    }
}
