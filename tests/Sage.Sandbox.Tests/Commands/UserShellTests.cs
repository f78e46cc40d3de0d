using Sage.Sandbox.Commands;

namespace Sage.Sandbox.Tests.Commands;

public sealed class UserShellTests
{
    [Theory]
    [InlineData("/bin/bash", "/bin/bash")]
    [InlineData("/opt/homebrew/bin/zsh", "/opt/homebrew/bin/zsh")]
    [InlineData("/usr/bin/fish", "/bin/sh")]
    [InlineData("/bin/tcsh", "/bin/sh")]
    [InlineData("bash", "/bin/sh")]
    [InlineData("", "/bin/sh")]
    [InlineData(null, "/bin/sh")]
    public void A_shell_that_is_not_POSIX_is_replaced(string? wanted, string expected) =>
        Assert.Equal(expected, UserShell.Choose(wanted, _ => true));

    [Fact]
    public void A_shell_that_is_not_there_is_replaced() =>
        Assert.Equal("/bin/sh", UserShell.Choose("/bin/zsh", _ => false));
}
