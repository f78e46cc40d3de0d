using CsCheck;
using Sage.Agent.InlineEdits;

namespace Sage.Agent.Tests.InlineEdits;

public sealed class FenceFilterTests
{
    [Theory]
    [InlineData("a\nb", "a\nb")]
    [InlineData("a\nb\n", "a\nb")]
    [InlineData("  indented", "  indented")]
    [InlineData("```ts\na\nb\n```", "a\nb")]
    [InlineData("```ts\na\nb\n```\n", "a\nb")]
    [InlineData("\n```\na\n```\n\n", "a")]
    [InlineData("`quoted` start", "`quoted` start")]
    [InlineData("text with ``` inside", "text with ``` inside")]
    [InlineData("```md\nouter\n```js\ninner\n```\nmore\n```", "outer\n```js\ninner\n```\nmore")]
    [InlineData("", "")]
    [InlineData("a\n\n\nb", "a\n\n\nb")]
    public void One_fence_around_the_answer_is_removed_however_it_is_cut_into_pieces(string answer, string expected) =>
        Gen.Int[1, 7]
            .Array[1, 20]
            .Sample(sizes =>
            {
                var filter = new FenceFilter();
                var text = "";
                for (int at = 0, i = 0; at < answer.Length; i++)
                {
                    var size = Math.Min(sizes[i % sizes.Length], answer.Length - at);
                    text += filter.Take(answer.Substring(at, size));
                    at += size;
                }

                return text + filter.Finish() == expected;
            });

    [Fact]
    public void Text_is_passed_on_while_it_streams()
    {
        var filter = new FenceFilter();
        Assert.Equal("const a", filter.Take("const a"));
        Assert.Equal(" = 1;", filter.Take(" = 1;"));
    }
}
