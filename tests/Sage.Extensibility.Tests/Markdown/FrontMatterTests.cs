using Sage.Extensibility.Markdown;

namespace Sage.Extensibility.Tests.Markdown;

public sealed class FrontMatterTests
{
    [Theory]
    [InlineData("description: Fills forms.", "Fills forms.")]
    [InlineData("description:   Fills forms: all of them.  # a comment", "Fills forms: all of them.")]
    [InlineData("description: C# and F#", "C# and F#")]
    [InlineData("description: \"Says \\\"hi\\\" # not a comment\"", "Says \"hi\" # not a comment")]
    [InlineData("description: 'It''s here'  # a comment", "It's here")]
    [InlineData("description: |\n  one\n    two\n\n  three", "one\n  two\n\nthree")]
    [InlineData("description: >-\n  one\n  two\n\n  three", "one two\nthree")]
    [InlineData("description: one\n  two\n  three", "one two three")]
    [InlineData("# a comment\n\nname: x\ndescription: after it", "after it")]
    [InlineData("tools:\n  - Read\n  - Write\ndescription: behind a list", "behind a list")]
    [InlineData("tools:\n- Read\n- Write\ndescription: behind a flat list", "behind a flat list")]
    [InlineData("metadata:\n  author: me\ndescription: behind a map", "behind a map")]
    [InlineData("tools: [Read, Write]\nDescription: any case", "any case")]
    public void A_description_is_read_as_yaml_would(string yaml, string description)
    {
        var read = FrontMatter.Of($"---\n{yaml}\n---\n\n# Body\n");

        Assert.Null(read.Problem);
        Assert.Equal(description, read["description"]);
        Assert.Equal("# Body", read.Body);
    }

    [Theory]
    [InlineData("---\ndescription: x\n# Body", "no end")]
    [InlineData("---\ndescription x\n---\n", "line 2 of its front matter")]
    [InlineData("---\nname: x\nname: y\n---\n", "`name` twice")]
    [InlineData("---\ndescription: \"x\n---\n", "do not end")]
    public void What_cannot_be_read_is_named(string text, string problem)
    {
        var read = FrontMatter.Of(text);

        Assert.Contains(problem, read.Problem, StringComparison.Ordinal);
        Assert.Empty(read.Values);
    }

    [Fact]
    public void Windows_line_ends_make_no_difference() =>
        Assert.Equal("x", FrontMatter.Of("---\r\ndescription: x\r\n---\r\nBody\r\n")["description"]);

    [Theory]
    [InlineData("Just text.")]
    [InlineData("# Title\n\n---\n\nbelow a line")]
    public void A_file_without_front_matter_is_all_body(string text)
    {
        var read = FrontMatter.Of(text);

        Assert.Null(read.Problem);
        Assert.Equal(text, read.Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("---")]
    [InlineData("---\n---")]
    [InlineData("---\n \n---\n")]
    [InlineData("---\nx: |\n---\n")]
    public void Next_to_nothing_is_no_mistake_that_throws(string text) => Assert.Null(FrontMatter.Of(text)["x"]);
}
