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

    [Fact]
    public void The_start_time_is_the_twenty_second_field()
    {
        var line = "1 (x) S " + string.Join(' ', Enumerable.Range(4, 40));

        Assert.Equal(22, ProcessEntry.Parse(Encoding.UTF8.GetBytes(line))!.StartedAt);
    }

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
    public void A_family_is_the_children_and_theirs_but_not_the_ancestor_or_strangers()
    {
        ProcessEntry[] table = [Entry(10, 1), Entry(11, 10), Entry(12, 11), Entry(13, 12), Entry(20, 1), Entry(21, 20)];

        Assert.Equal([11, 12, 13], ProcessTable.Family(table, 10, session: 0).Select(entry => entry.Pid));
    }

    [Fact]
    public void Orphans_in_the_shells_session_are_family_and_so_are_their_children()
    {
        ProcessEntry[] table =
        [
            Entry(10, 1),
            Entry(11, 10),
            Entry(12, 1) with
            {
                Session = 11,
            },
            Entry(13, 12) with
            {
                Session = 13,
            },
            Entry(14, 1),
        ];

        Assert.Equal([11, 12, 13], ProcessTable.Family(table, 10, session: 11).Select(entry => entry.Pid).Order());
    }

    [Fact]
    public void We_are_in_the_table_and_can_be_found()
    {
        var own = ProcessTable.Find(Environment.ProcessId)!;

        Assert.True(own.StartedAt > 0);
        Assert.Contains(own, ProcessTable.Read());
    }

    [Fact]
    public void A_process_that_is_not_there_is_not_found() => Assert.Null(ProcessTable.Find(int.MaxValue));

    [Theory]
    [InlineData("", new int[0])]
    [InlineData("12 345 6 ", new[] { 12, 345, 6 })]
    public void A_list_of_children_is_read(string text, int[] ids) =>
        Assert.Equal(ids, ProcessTable.ParseIds(Encoding.UTF8.GetBytes(text)));

    private static ProcessEntry Entry(int pid, int parent) => new(pid, "x", false, parent, pid, pid);
}
