using System.Runtime.Versioning;
using System.Text;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Tests.Native;

[SupportedOSPlatform("linux")]
public sealed class ProcessTableTests
{
    [Theory]
    [InlineData("42 (sleep) S 7 40 39 0 -1 4194304", "sleep", false)]
    [InlineData("42 (a) b (c)) R 7 40 39 0 -1", "a) b (c)", false)]
    [InlineData("42 (two\nlines) Z 7 40 39 0 -1", "two\nlines", true)]
    public void A_line_is_read_whatever_the_name_holds(string line, string name, bool zombie) =>
        Assert.Equal(new ProcessEntry(42, name, zombie, 7, 40, 39), ProcessEntry.Parse(Encoding.UTF8.GetBytes(line)));

    [Theory]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("42 (sleep)")]
    [InlineData("42 (sleep) S")]
    [InlineData("42 (sleep) S 7 40")]
    [InlineData("x (sleep) S 7 40 39")]
    public void What_is_no_such_line_is_skipped(string line) =>
        Assert.Null(ProcessEntry.Parse(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void Descendants_are_children_and_theirs_but_not_the_ancestor_or_strangers()
    {
        ProcessEntry[] table = [Entry(10, 1), Entry(11, 10), Entry(12, 11), Entry(13, 12), Entry(20, 1), Entry(21, 20)];

        Assert.Equal([11, 12, 13], ProcessTable.Descendants(table, 10).Select(entry => entry.Pid));
    }

    [Fact]
    public void We_are_in_the_table() =>
        Assert.Contains(ProcessTable.Read(), entry => entry.Pid == Environment.ProcessId);

    private static ProcessEntry Entry(int pid, int parent) => new(pid, "x", false, parent, pid, pid);
}
