using Microsoft.Extensions.AI;
using Sage.Providers.Demo;

namespace Sage.Providers.Tests.Demo.WithoutTools;

public sealed class InlineRewriteTests
{
    [Theory]
    [InlineData("make it uppercase", "b\na", "B\nA")]
    [InlineData("to lower case please", "B", "b")]
    [InlineData("sort lines", "b\na\nc", "a\nb\nc")]
    [InlineData("sort the lines descending", "b\na\nc", "c\nb\na")]
    [InlineData("rename item to entry", "item + items(item)", "entry + items(entry)")]
    [InlineData("replace foo with bar", "foo;", "bar;")]
    [InlineData("remove blank lines", "a\n\nb", "a\nb")]
    [InlineData("add comment checks the weight", "  weigh();", "  // checks the weight\n  weigh();")]
    public async Task Simple_instructions_are_obeyed(string instruction, string target, string expected) =>
        Assert.Equal(expected, await RewriteAsync("src/a.ts", target, instruction));

    [Theory]
    [InlineData("a.py", "# ")]
    [InlineData("a.ts", "// ")]
    [InlineData("a.html", "<!-- ")]
    public async Task What_it_cannot_do_it_says_in_a_comment_of_the_files_language(string path, string comment)
    {
        var answer = await RewriteAsync(path, "  x", "prove Fermat's theorem");

        Assert.StartsWith("  " + comment, answer);
        Assert.Contains("demo model", answer);
        Assert.EndsWith("\n  x", answer);
    }

    [Fact]
    public async Task An_insertion_gives_the_new_text_alone() =>
        Assert.Equal("// entry point", await RewriteAsync("a.ts", "", "add comment entry point"));

    [Fact]
    public async Task A_fenced_target_is_understood_too()
    {
        var answer = await AnswerAsync("Make this uppercase:\n```ts\nlet a;\n```");

        Assert.Equal("LET A;", answer);
    }

    private static Task<string> RewriteAsync(string path, string target, string instruction) =>
        AnswerAsync(
            $"File: {path}\n\n<before>\nimport x;\n</before>\n\n<target>\n{target}\n</target>\n\n<after>\nend;\n</after>\n\n"
                + $"Write the text that replaces the target.\n\nInstruction: {instruction}"
        );

    private static async Task<string> AnswerAsync(string request)
    {
        var model = new DemoModel(TimeProvider.System, TimeSpan.Zero);
        var reply = await model.GetResponseAsync(
            [
                new ChatMessage(ChatRole.System, "Answer with the replacement text only."),
                new ChatMessage(ChatRole.User, request),
            ],
            new ChatOptions()
        );
        return reply.Text;
    }
}
