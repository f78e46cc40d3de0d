using System.Diagnostics;
using CsCheck;
using Sage.Agent.ShellLanguage;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.Tests.ShellLanguage;

/// <summary>What holds for every text, however hostile.</summary>
public sealed class ShellParserProperties
{
    private const int LongestText = 128 * 1024;

    public static TheoryData<string> Repeated =>
        [
            "(",
            ")",
            "{ ",
            "} ",
            "$(",
            "$((",
            "((",
            "${",
            "${x:-",
            "${x:-${y#",
            "\"$(",
            "`",
            "\"",
            "'",
            "$'",
            "\\",
            "\\\n",
            "\n",
            ";",
            "p;",
            "p|",
            "p&&",
            "p&",
            "p\n",
            "! ",
            "time ",
            "if ",
            "if p; then ",
            "while p; do ",
            "for x in ",
            "for x in a; do ",
            "case x in ",
            "case x in (a) ",
            "[[ ",
            "[[ ( ",
            "[[ ! ",
            "[[ a && ",
            "f() ",
            "f() { ",
            "function f ",
            "a=(",
            "a=",
            "<<E ",
            "<<E\n",
            "p <<E\nE\n",
            "<",
            ">a",
            "2>&1 ",
            "#",
            "# \n",
            "a ",
            "a",
            "é",
            "~",
            "*",
            "{",
            "{,",
            "[",
            "=",
            "$x",
            "$",
            "$[",
            "1",
            " ",
            "<(",
            "p `q` ",
            "p $(q) ",
            "p \"$x\" ",
            "x=1 ",
            "&>a ",
            "&",
            "|",
            "elif ",
            "p <<E <<F\n",
        ];

    [Fact]
    public void No_text_makes_it_throw() =>
        Gen.OneOf(ShellLines.Any, Gen.String, Gen.String[Gen.Char["pq'\"`$(){}<>|&;#\\\n \t=[]*~!-1"], 0, 40])
            .Sample(text => Assert.NotNull(ShellParser.Parse(text)), iter: 50_000);

    [Fact]
    public void Every_node_stands_inside_of_its_parent() =>
        ShellLines.Any.Sample(
            text =>
            {
                if (ShellParser.Parse(text) is ShellParse.Parsed parsed)
                {
                    Assert.All(
                        parsed.Script.DescendantsAndSelf(),
                        node =>
                        {
                            Assert.InRange(node.Span.Start, 0, node.Span.End);
                            Assert.InRange(node.Span.End, node.Span.Start, text.Length);
                            Assert.All(
                                node.Children,
                                child => Assert.True(child is HereDocumentBody || node.Span.Contains(child.Span), text)
                            );
                        }
                    );
                }
            },
            iter: 20_000
        );

    [Fact]
    public void The_text_of_a_command_alone_is_that_command() =>
        ShellLines.Any.Sample(
            text =>
            {
                if (ShellParser.Parse(text) is not ShellParse.Parsed parsed)
                {
                    return;
                }

                var alone = parsed
                    .Script.SimpleCommands()
                    .Where(command => text[command.Span.Start] is not ('-' or '+'))
                    .Where(command => !command.Redirections.Any(to => to is HereDocumentRedirection));
                Assert.All(
                    alone,
                    command =>
                    {
                        var again = ShellParser.Parse(command.Span.In(text).ToString());
                        var only = Assert.Single(Assert.IsType<ShellParse.Parsed>(again).Script.Items);
                        Assert.Equal(TreeShape.Of(command) + ";", TreeShape.Of(only));
                    }
                );
            },
            iter: 20_000
        );

    [Fact]
    public void A_tree_that_is_written_down_is_read_as_the_same_tree() =>
        Trees.Scripts.Sample(
            tree =>
            {
                var text = TreePrinter.Print(tree);
                var parse = ShellParser.Parse(text);
                if (parse is ShellParse.Unparsed { Reason: "it is not certain where the here-document begins" })
                {
                    // Quotes and arrays of more than one line stand behind it.
                    return;
                }

                Assert.True(parse is ShellParse.Parsed, $"{parse}\n{text}");
                Assert.Equal(TreeShape.Of(tree), TreeShape.Of(((ShellParse.Parsed)parse).Script));
            },
            iter: 5_000
        );

    [Theory]
    [MemberData(nameof(Repeated))]
    public void The_longest_text_of_one_piece_is_read_in_no_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, LongestText / piece.Length));
        var started = Stopwatch.GetTimestamp();
        var parse = ShellParser.Parse(text);
        var count = (parse as ShellParse.Parsed)?.Script.DescendantsAndSelf().Count();
        // Milliseconds when nothing else runs; what is quadratic takes many minutes.
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30), $"{count} nodes");
    }

    [Fact]
    public void A_longer_text_is_not_read_at_all() =>
        Assert.IsType<ShellParse.Unparsed>(ShellParser.Parse(new string('a', LongestText + 1)));
}
