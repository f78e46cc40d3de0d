using System.Runtime.Versioning;
using System.Text;
using Sage.Sandbox.Commands;

namespace Sage.Sandbox.Tests.Commands;

[SupportedOSPlatform("linux")]
public sealed class CommandMarkTests
{
    [Fact]
    public void A_mark_is_found_in_an_environment()
    {
        var mark = CommandMark.Next();

        Assert.Equal(mark, CommandMark.Find(Encoding.UTF8.GetBytes($"PATH=/bin\0SAGE_COMMAND={mark}\0HOME=/\0")));
        Assert.Equal(mark, CommandMark.Find(Encoding.UTF8.GetBytes($"SAGE_COMMAND={mark}")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PATH=/bin\0")]
    [InlineData("XSAGE_COMMAND=1.2.3:4\0")]
    [InlineData("SAGE_COMMAND=\0")]
    [InlineData("SAGE_COMMAND=1.2.3\0")]
    [InlineData("SAGE_COMMAND=1.2.3:x\0")]
    public void What_is_no_mark_is_none(string environment) =>
        Assert.Null(CommandMark.Find(Encoding.UTF8.GetBytes(environment)));

    [Fact]
    public void Each_command_has_its_own() => Assert.NotEqual(CommandMark.Next(), CommandMark.Next());

    [Fact]
    public void A_command_is_abandoned_when_its_client_is_gone_or_somebody_else_has_its_number()
    {
        var own = CommandMark.Next();
        var parts = own.Client.Split('.');

        Assert.False(own.IsAbandoned);
        Assert.True((own with { Client = $"{parts[0]}.{int.MaxValue}.{parts[2]}" }).IsAbandoned);
        Assert.True((own with { Client = $"{parts[0]}.{parts[1]}.1" }).IsAbandoned);
    }

    [Theory]
    [InlineData("4.77777.1")]
    [InlineData("nonsense")]
    public void A_client_of_another_container_is_left_alone(string client) =>
        Assert.False(new CommandMark(client, 1).IsAbandoned);

    [Fact]
    public async Task Everything_a_command_starts_carries_it()
    {
        var (_, output) = await CommandProbe.RunAsync("echo $SAGE_COMMAND; setsid sh -c 'echo $SAGE_COMMAND'");

        var lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith(CommandMark.Next().Client + ":", lines[0], StringComparison.Ordinal);
        Assert.Equal(lines[0], lines[1]);
    }
}
