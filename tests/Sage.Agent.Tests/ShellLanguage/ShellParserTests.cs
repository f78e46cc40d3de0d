using Sage.Agent.ShellLanguage;

namespace Sage.Agent.Tests.ShellLanguage;

public sealed class ShellParserTests
{
    [Theory]
    // Words and quotes.
    [InlineData("", "[]")]
    [InlineData("  # nothing", "[]")]
    [InlineData("ls -l a", "[‹ls›‹-l›‹a›;]")]
    [InlineData("\tls\t-l \n", "[‹ls›‹-l›;]")]
    [InlineData("a 'b c'd\"e f\"\\ g", "[‹a›‹Single(b c)dDouble(e f)Backslash( )g›;]")]
    [InlineData("a '' \"\"", "[‹a›‹Single()›‹Double()›;]")]
    [InlineData("a \"b\\\"\\$\\`\\\\\\n\"", "[‹a›‹Double(bBackslash(\")Backslash($)Backslash(`)Backslash(\\)\\n)›;]")]
    [InlineData("a $'b\\'c\\n'", "[‹a›‹Ansi(b'c\n)›;]")]
    [InlineData("a b\\\nc \\\n d", "[‹a›‹bc›‹d›;]")]
    [InlineData("a \"b\\\nc\"", "[‹a›‹Double(bc)›;]")]
    [InlineData("a b#c # d", "[‹a›‹bpattern(#)c›;]")]
    [InlineData("a *.c ~ {b,c} x=~", "[‹a›‹pattern(*).c›‹pattern(~)›‹pattern({)b,cpattern(})›‹x=pattern(~)›;]")]
    [InlineData("a =b c=d ! [ ] = {}", "[‹a›‹pattern(=)b›‹c=d›‹!›‹[›‹]›‹=›‹{}›;]")]
    // Expansions.
    [InlineData("a $b\"$1$@\" $", "[‹a›‹${b||}Double(${1||}${@||})›‹$›;]")]
    [InlineData(
        "a ${b} ${#b} ${b:-c d} ${b##*/}",
        "[‹a›‹${b||}›‹${b|#|}›‹${b|:-|‹pattern(c d)›}›‹${b|##|‹pattern(*/)›}›;]"
    )]
    [InlineData("a ${b:-$(c)}", "[‹a›‹${b|:-|‹Parentheses[‹c›;]›}›;]")]
    [InlineData("a ${b[0]} ${b/c/d} ${!b}", "[‹a›‹${b[0]||}›‹${b|/|‹pattern(c/d)›}›‹${b|!|}›;]")]
    [InlineData("a $(b; c) `d e`", "[‹a›‹Parentheses[‹b›;‹c›;]›‹Backquotes[‹d›‹e›;]›;]")]
    [InlineData("a \"$(b \"c\")\"", "[‹a›‹Double(Parentheses[‹b›‹Double(c)›;])›;]")]
    [InlineData("a $((1 + (b * 2))) $( (c) )", "[‹a›‹((1 + (b * 2)))›‹Parentheses[Subshell[‹c›;];]›;]")]
    [InlineData("a $((b + $c))", "[‹a›‹((b + ${c||}))›;]")]
    [InlineData("a <(b) >(c)", "[‹a›‹FileToRead[‹b›;]›‹FileToWrite[‹c›;]›;]")]
    // Assignments and redirections.
    [InlineData("a=1 b= c d=e", "[a=‹1›b=‹›‹c›‹d=e›;]")]
    [InlineData("a=(b 'c d') e+=f", "[a=(‹b›‹Single(c d)›)e+=‹f›;]")]
    [InlineData(
        "a >b 2>>c <d 2>&1 3<&- >|e <>f",
        "[‹a›<Write‹b›><2Append‹c›><Read‹d›><2Output1><3Inputclosed><Clobber‹e›><ReadWrite‹f›>;]"
    )]
    [InlineData("a &>b &>>c >&d <<< e", "[‹a›<WriteBoth‹b›><AppendBoth‹c›><WriteBoth‹d›><HereString‹e›>;]")]
    [InlineData("a 2> b c", "[‹a›‹c›<2Write‹b›>;]")]
    [InlineData("a a2>b", "[‹a›‹a2›<Write‹b›>;]")]
    [InlineData(">a b", "[‹b›<Write‹a›>;]")]
    [InlineData("a <<E b\n$c\n\\$d\nE\ne", "[‹a›‹b›<HereDocument E Kept Expanded(${c||}\nBackslash($)d\n)>;‹e›;]")]
    [InlineData("a <<'E'\n$c\nE", "[‹a›<HereDocument E Kept Literal($c\n)>;]")]
    [InlineData("a <<-E | b\n\tc\n\tE\n", "[‹a›<HereDocument E Removed Expanded(\tc\n)> Output:‹b›;]")]
    [InlineData(
        "a <<A <<B\n1\nA\n2\nB\n",
        "[‹a›<HereDocument A Kept Expanded(1\n)><HereDocument B Kept Expanded(2\n)>;]"
    )]
    [InlineData("a \"$(b <<'E'\nc\nE\n)\"", "[‹a›‹Double(Parentheses[‹b›<HereDocument E Kept Literal(c\n)>;])›;]")]
    // Lists and pipelines.
    [InlineData("a; b & c\nd", "[‹a›;‹b›&‹c›;‹d›;]")]
    [InlineData("a && b || c", "[First:‹a›And:‹b›Or:‹c›;]")]
    [InlineData("a &&\n\n# why\nb |\nc", "[First:‹a›And:‹b› Output:‹c›;]")]
    [InlineData("! a | b |& c", "[Negated:‹a› Output:‹b› OutputAndErrors:‹c›;]")]
    [InlineData("time a", "[Timed:‹a›;]")]
    // Compound commands.
    [InlineData("{ a; b; } >c", "[Braces[‹a›;‹b›;]<Write‹c›>;]")]
    [InlineData("(a; b) | c", "[Subshell[‹a›;‹b›;] Output:‹c›;]")]
    [InlineData("if a; then b; elif c; then d; else e; fi", "[If([‹a›;][‹b›;][‹c›;][‹d›;][‹e›;]);]")]
    [InlineData("if (a) then (b) fi", "[If([Subshell[‹a›;];][Subshell[‹b›;];]);]")]
    [InlineData("while a; do b; done <c", "[While[‹a›;][‹b›;]<Read‹c›>;]")]
    [InlineData("until a\ndo b\ndone", "[Until[‹a›;][‹b›;];]")]
    [InlineData("for x in a \"$b\"; do c; done", "[For x(‹a›‹Double(${b||})›)[‹c›;];]")]
    [InlineData("for x do a; done", "[For x(arguments)[‹a›;];]")]
    [InlineData("for ((i=0; i<3; i++)); do a; done", "[For((i=0; i<3; i++))[‹a›;];]")]
    [InlineData("select x in a; do b; done", "[Select x(‹a›)[‹b›;];]")]
    [InlineData(
        "case $a in b | c) d;; (e) ;; f) g; esac",
        "[Case‹${a||}›((‹b›‹c›)[‹d›;]Break(‹e›)[]Break(‹f›)[‹g›;]Break);]"
    )]
    [InlineData("case a in b) c;& d) e;;& esac", "[Case‹a›((‹b›)[‹c›;]FallThrough(‹d›)[‹e›;]TryNext);]")]
    [InlineData("f() { a; }; f", "[Function f(Braces[‹a›;]);‹f›;]")]
    [InlineData("function f { a; }", "[Function f(Braces[‹a›;]);]")]
    [InlineData("((1 < 2)) && a", "[First:Arithmetic((1 < 2))And:‹a›;]")]
    [InlineData(
        "[[ -f a && ( ! $b == c* || d ) ]]",
        "[Conditional(And(-f‹a›group(Or(not(‹${b||}›==‹cpattern(*)›)‹d›))));]"
    )]
    public void A_line_is_read_as_this(string line, string shape) =>
        Assert.Equal(shape, TreeShape.Of(Parsed(line).Script));

    [Theory]
    [InlineData("a 'b' \"$c\" `d` | e && f > g 2>&1", Shells.All)]
    [InlineData("if a; then for x in b; do c; done; fi", Shells.All)]
    [InlineData("a $'b'", Shells.Bash | Shells.Zsh | Shells.Ksh)]
    [InlineData("[[ a ]]", Shells.Bash | Shells.Zsh | Shells.Ksh)]
    [InlineData("a &> b", Shells.Bash | Shells.Zsh)]
    [InlineData("a <(b)", Shells.Bash | Shells.Zsh)]
    [InlineData("a |& b", Shells.Bash | Shells.Zsh)]
    [InlineData("a >&b", Shells.Bash)]
    [InlineData("a ${b^}", Shells.Bash)]
    [InlineData("a=b &", Shells.Sh | Shells.Bash | Shells.Ksh)]
    [InlineData("a [b", Shells.Sh | Shells.Bash | Shells.Zsh)]
    [InlineData("a `b <<< c`", Shells.Bash | Shells.Zsh | Shells.Ksh)]
    public void What_only_some_shells_know_is_said(string line, Shells readers) =>
        Assert.Equal(readers, Parsed(line).Readers);

    [Theory]
    [InlineData("a b", "a|b")]
    [InlineData("a 'b c'\"d\"\\e", "a|b cde")]
    [InlineData("a '' \"\"", "a||")]
    [InlineData("a $'b\\n'", "a|b\n")]
    [InlineData("a 'it'\\''s'", "a|it's")]
    [InlineData("a $b", "a|?")]
    [InlineData("a \"$b\"", "a|?")]
    [InlineData("a \"$(b)\" c", "a|?|c")]
    [InlineData("a *.c", "a|?")]
    [InlineData("a '*'", "a|*")]
    [InlineData("a ~/b", "a|?")]
    [InlineData("a {b,c}", "a|?")]
    [InlineData("a =b", "a|?")]
    [InlineData("a !b !!", "a|?|?")]
    [InlineData("a 'b''c'", "a|?")]
    [InlineData("$a", "?")]
    public void A_word_is_known_only_when_nothing_in_it_can_change(string line, string words)
    {
        var command = Parsed(line).Script.SimpleCommands().First();
        Assert.Equal(words, string.Join('|', command.Words.Select(word => word.Literal ?? "?")));
    }

    [Fact]
    public void Every_command_is_found_wherever_it_stands()
    {
        const string line = """
            a "$(b `c`)" <(d) x=${y:-$(e)} <<E >"$(f)" && (g | { h & })
            $(i)
            E
            j() { k; }
            if l; then m; elif n; then o; else p; fi
            for x in $(q); do r; done; while s; do t; done
            case $(u) in $(v)) w;; esac
            [[ $(x) == y ]] || y=$(z)
            """;
        var names = Parsed(line).Script.SimpleCommands().Select(command => command.Words.FirstOrDefault()?.Literal);
        Assert.Equal("abcdefghiklmnopqrstuvwxz", string.Concat(names.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("$(", ")")]
    [InlineData("( ", " )")]
    [InlineData("{ ", "; }")]
    [InlineData("if ", "; then b; fi")]
    [InlineData("a \"$(", ")\"")]
    public void Nesting_is_read_to_a_depth_that_nobody_needs_and_no_further(string open, string close)
    {
        Assert.IsType<ShellParse.Parsed>(ShellParser.Parse(Nested(15)));
        Assert.Equal(
            "the nesting is too deep",
            Assert.IsType<ShellParse.Unparsed>(ShellParser.Parse(Nested(100))).Reason
        );

        string Nested(int times) =>
            string.Concat(Enumerable.Repeat(open, times)) + "a" + string.Concat(Enumerable.Repeat(close, times));
    }

    [Fact]
    public void A_node_knows_where_it_stands()
    {
        const string line = "  a 'b' 2>c | d; e";
        var commands = Parsed(line).Script.SimpleCommands().ToList();
        Assert.Equal(["a 'b' 2>c", "d", "e"], commands.Select(command => command.Span.In(line).ToString()));
        Assert.Equal("'b'", commands[0].Words[1].Span.In(line).ToString());
        Assert.Equal("2>c", commands[0].Redirections[0].Span.In(line).ToString());
    }

    private static ShellParse.Parsed Parsed(string line)
    {
        var parse = ShellParser.Parse(line);
        Assert.True(parse is ShellParse.Parsed, $"{parse}");
        return (ShellParse.Parsed)parse;
    }
}
