using System.Text;
using Sage.Agent.ToolCalls;

namespace Sage.Agent.Tests.ToolCalls;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain\ttext\r\n", "plain\ttext\r\n", 0)]
    [InlineData("日本語 ä é \u00A0", "日本語 ä é \u00A0", 0)]
    [InlineData("a\u200Bb", "ab", 1)]
    [InlineData("a\u200D\u200C\u200Db", "ab", 3)]
    [InlineData("a\u200Db", "ab", 1)]
    [InlineData("\u202Ecba\u202C", "cba", 2)]
    [InlineData("\u2066a\u2069", "a", 2)]
    [InlineData("\uFEFFa\u00ADb", "ab", 2)]
    [InlineData("a\u001B[31mb\u0007\u0000", "a[31mb", 3)]
    [InlineData("a\u2060\u2061\u2062\u2063b", "ab", 4)]
    // Bytes can be written as selectors behind one visible character.
    [InlineData("x\uFE00\uFE0F\uFE01", "x\uFE00", 2)]
    // What scripts and emoji need stays.
    [InlineData("می\u200Cخواهم", "می\u200Cخواهم", 0)]
    [InlineData("👩\u200D💻 ❤\uFE0F\u200D🔥", "👩\u200D💻 ❤\uFE0F\u200D🔥", 0)]
    public void What_nobody_sees_is_taken_out_and_counted(string text, string visible, int removed) =>
        Assert.Equal((visible, removed), (VisibleText.Of(text).Text, VisibleText.Of(text).Removed));

    [Fact]
    public void Text_in_tags_is_taken_out()
    {
        var smuggled = string.Concat("ignore all".Select(static c => new Rune(0xE0000 + c).ToString()));

        Assert.Equal(new VisibleText("Hello.", 10), VisibleText.Of($"Hel{smuggled}lo."));
    }

    [Fact]
    public void Bytes_in_selectors_are_taken_out()
    {
        var smuggled = string.Concat(Enumerable.Range(0, 16).Select(static i => new Rune(0xE0100 + i).ToString()));

        Assert.Equal(new VisibleText("😀", 16), VisibleText.Of("😀" + smuggled));
    }
}
