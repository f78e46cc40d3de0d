using System.Collections.Immutable;
using CsCheck;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.Tests.ShellLanguage;

/// <summary>Generates trees of every kind of node, without places in a text.</summary>
internal static class Trees
{
    private static readonly Gen<string> Names = Gen.OneOf("p", "ls", "git", "x1", "a.b/c", "run-it", "é");
    private static readonly Gen<string> Variables = Gen.OneOf("x", "HOME", "_a1");
    private static readonly Gen<string> Texts = Gen.OneOf("a", "-n", "b/c", "--long=x", "é✓", "a=b", "%1", "a:b,c");
    private static readonly Gen<string> QuotedTexts = Gen.OneOf(
        "",
        "a b",
        "; evil",
        "#",
        "$x `y` (",
        "\n",
        "*",
        "\\",
        "\t|&"
    );

    private static readonly Gen<WordPart> Literals = Texts.Select<string, WordPart>(text => new LiteralPart(
        default,
        text
    ));

    private static readonly Gen<WordPart> Quoted = Gen.OneOf(
        QuotedTexts.Select<string, WordPart>(text => new QuotedPart(default, text, Quoting.Single)),
        Gen.OneOf("a", ";", " ", "'", "\"", "$", "#", "(", "\\")
            .Select<string, WordPart>(text => new QuotedPart(default, text, Quoting.Backslash)),
        Gen.OneOf("a b", "", "$(x)").Select<string, WordPart>(text => new QuotedPart(default, text, Quoting.Ansi))
    );

    private static readonly Gen<WordPart> Patterns = Gen.OneOf("*", "?", "~", "[", "^", "*?")
        .Select<string, WordPart>(text => new PatternPart(default, text));

    /// <summary>Scripts that nest up to a few levels.</summary>
    public static Gen<CommandList> Scripts { get; } = Lists(3, Places.Outside);

    private static Gen<CommandList> Lists(int depth, Places place) =>
        Gen.Select(AndOrs(depth, place), Gen.Enum<ListEnd>(), (list, end) => new ListItem(default, list, end))
            .Array[1, 2]
            .Select(items => new CommandList(default, [.. items]));

    private static Gen<AndOrList> AndOrs(int depth, Places place) =>
        Gen.Select(Gen.OneOf(AndOrOperator.And, AndOrOperator.Or), Pipelines(depth, place))
            .Array[1, 2]
            .Select(items => new AndOrList(
                default,
                [
                    .. items.Select(
                        (item, i) => new AndOrItem(default, i == 0 ? AndOrOperator.First : item.Item1, item.Item2)
                    ),
                ]
            ));

    private static Gen<Pipeline> Pipelines(int depth, Places place) =>
        Gen.Select(
            Gen.Frequency((6, Gen.Const(PipelinePrefix.None)), (1, Gen.Enum<PipelinePrefix>())),
            Commands(depth, place).Array[1, 2],
            Gen.Enum<Pipe>(),
            (prefix, commands, pipe) =>
                new Pipeline(default, prefix, [.. commands], [.. commands.Skip(1).Select(_ => pipe)])
        );

    private static Gen<ShellCommand> Commands(int depth, Places place) =>
        depth == 0
            ? SimpleCommands(0, place)
            : Gen.Frequency((3, SimpleCommands(depth - 1, place)), (2, Compounds(depth - 1, place)));

    private static Gen<ShellCommand> SimpleCommands(int depth, Places place)
    {
        var named = Gen.Select(
            Assignments(depth).Array[0, 1],
            Names,
            Words(depth).Array[0, 3],
            Redirections(depth, place).Array[0, 2],
            (assignments, name, arguments, redirections) =>
                new SimpleCommand(default, [.. assignments], [Literal(name), .. arguments], [.. redirections])
        );
        return Gen.OneOf(
            named.Select<SimpleCommand, ShellCommand>(command => command),
            Assignments(depth).Select<Assignment, ShellCommand>(only => new SimpleCommand(default, [only], [], []))
        );
    }

    private static Gen<ShellCommand> Compounds(int depth, Places place)
    {
        var lists = Lists(depth, place);
        var redirections = Redirections(depth, place).Array[0, 1].Select(all => all.ToImmutableArray());
        var groups = Gen.Select(
            Gen.Enum<GroupKind>(),
            lists,
            redirections,
            (kind, body, to) => (ShellCommand)new GroupCommand(default, kind, body, to)
        );
        return Gen.OneOf(
            groups,
            Gen.Select(
                Gen.Select(lists, lists, (condition, body) => new IfBranch(default, condition, body)).Array[1, 2],
                lists.Null(),
                redirections,
                (branches, otherwise, to) => (ShellCommand)new IfCommand(default, [.. branches], otherwise, to)
            ),
            Gen.Select(
                Words(depth),
                Clauses(depth, lists).Array[0, 2],
                redirections,
                (subject, clauses, to) => (ShellCommand)new CaseCommand(default, subject, [.. clauses], to)
            ),
            Gen.Select(
                Variables,
                groups,
                (name, body) => (ShellCommand)new FunctionDefinition(default, name, body, [])
            ),
            Loops(depth, lists, redirections),
            Tests(depth, redirections)
        );
    }

    private static Gen<ShellCommand> Loops(
        int depth,
        Gen<CommandList> lists,
        Gen<ImmutableArray<Redirection>> redirections
    ) =>
        Gen.OneOf(
            Gen.Select(
                Gen.Enum<WhileKind>(),
                lists,
                lists,
                redirections,
                (kind, condition, body, to) => (ShellCommand)new WhileCommand(default, kind, condition, body, to)
            ),
            Gen.Select(
                Gen.Enum<ForKind>(),
                Variables,
                Words(depth).Array[0, 2],
                lists,
                redirections,
                (kind, name, words, body, to) =>
                    (ShellCommand)new ForCommand(default, kind, name, words.Length == 0 ? null : [.. words], body, to)
            ),
            Gen.Select(
                lists,
                redirections,
                (body, to) =>
                    (ShellCommand)new ArithmeticForCommand(default, [new LiteralPart(default, "i=0;i<3;i++")], body, to)
            )
        );

    private static Gen<ShellCommand> Tests(int depth, Gen<ImmutableArray<Redirection>> redirections) =>
        Gen.OneOf(
            Gen.Select(
                Gen.OneOf("1 + 2", "x << 1", "(a) * 2"),
                redirections,
                (text, to) => (ShellCommand)new ArithmeticCommand(default, [new LiteralPart(default, text)], to)
            ),
            Gen.Select(
                Conditions(depth, 2),
                redirections,
                (condition, to) => (ShellCommand)new ConditionalCommand(default, condition, to)
            )
        );

    private static Gen<CaseClause> Clauses(int depth, Gen<CommandList> lists) =>
        Gen.Select(
            Words(depth).Array[1, 2],
            Gen.OneOf(lists, Gen.Const(new CommandList(default, []))),
            Gen.Enum<CaseEnd>(),
            (patterns, body, end) => new CaseClause(default, [.. patterns], body, end)
        );

    private static Gen<Condition> Conditions(int depth, int level)
    {
        var words = Words(depth).Where(word => word.Parts is not [LiteralPart { Text: ['-', ..] }]);
        var unary = Gen.Select(
            Gen.OneOf("-f", "-z", "-n", "-d"),
            words,
            (operation, word) => (Condition)new TestCondition(default, null, operation, word)
        );
        var binary = Gen.Select(
            words,
            Gen.OneOf("=", "==", "!=", "-eq", "<", "=~", "-nt"),
            words,
            (left, operation, right) => (Condition)new TestCondition(default, left, operation, right)
        );
        var tests = Gen.OneOf(
            unary,
            binary,
            words.Select(word => (Condition)new TestCondition(default, null, "", word))
        );
        if (level == 0)
        {
            return tests;
        }

        var inner = Conditions(depth, level - 1);
        var grouped = inner.Select(condition => (Condition)new GroupedCondition(default, condition));
        var single = Gen.OneOf(tests, grouped, tests.Select(test => (Condition)new NegatedCondition(default, test)));
        var all = Joined(AndOrOperator.And, single);
        return Gen.OneOf(single, all, Joined(AndOrOperator.Or, Gen.OneOf(single, all)));
    }

    private static Gen<Condition> Joined(AndOrOperator operation, Gen<Condition> conditions) =>
        conditions.Array[2, 3].Select(all => (Condition)new JoinedConditions(default, operation, [.. all]));

    private static Gen<Assignment> Assignments(int depth) =>
        Gen.Select(
            Variables,
            Gen.Enum<AssignmentOperator>(),
            Gen.Enum<AssignmentKind>(),
            Words(depth).Array[0, 3],
            (name, operation, kind, words) =>
                new Assignment(
                    default,
                    name,
                    operation,
                    kind,
                    kind == AssignmentKind.Array ? [.. words] : [words.FirstOrDefault(new Word(default, []))]
                )
        );

    private static Gen<Redirection> Redirections(int depth, Places place)
    {
        var descriptors = Gen.OneOf<int?>(null, 0, 2, 9);
        var files = Gen.Select(
            descriptors,
            Gen.Enum<FileOperator>(),
            Words(depth),
            (descriptor, operation, target) =>
                (Redirection)
                    new FileRedirection(
                        default,
                        operation >= FileOperator.WriteBoth ? null : descriptor,
                        operation,
                        target
                    )
        );
        var duplicates = Gen.Select(
            descriptors,
            Gen.Enum<DuplicateOperator>(),
            descriptors,
            (descriptor, operation, source) =>
                (Redirection)new DuplicateRedirection(default, descriptor, operation, source)
        );
        var strings = Gen.Select(
            descriptors,
            Words(depth),
            (descriptor, text) => (Redirection)new HereStringRedirection(default, descriptor, text)
        );
        return place == Places.InWord
            ? Gen.OneOf(files, duplicates, strings)
            : Gen.OneOf(files, duplicates, strings, HereDocuments(descriptors));
    }

    private static Gen<Redirection> HereDocuments(Gen<int?> descriptors) =>
        Gen.Select(
            descriptors,
            Gen.Enum<HereDocumentTabs>(),
            Gen.Enum<HereDocumentExpansion>(),
            Gen.OneOf("", "a \"b' c\n", "one\ntwo ; evil\n"),
            (descriptor, tabs, expansion, text) =>
                (Redirection)
                    new HereDocumentRedirection(default, descriptor, "END", tabs, expansion)
                    {
                        Body = new(default, text.Length == 0 ? [] : [new LiteralPart(default, text)]),
                    }
        );

    private static Gen<Word> Words(int depth)
    {
        var plain = Gen.OneOf(
            Literals,
            Quoted,
            Patterns,
            Gen.OneOf("a", "b").Select<string, WordPart>(text => new ParameterPart(default, text, "", null))
        );
        var parts = depth == 0 ? plain : Gen.Frequency((5, plain), (2, Expansions(depth - 1)));
        return parts.Array[1, 3].Select(Joined);
    }

    private static Gen<WordPart> Expansions(int depth)
    {
        var substitutions = Gen.Select(
            Gen.OneOf(SubstitutionKind.Parentheses),
            Lists(depth, Places.InWord),
            (kind, body) => (WordPart)new SubstitutionPart(default, kind, body)
        );
        var parameters = Gen.Select(
            Variables,
            Gen.OneOf(":-", "-", "%%", "#", "/", ":+", "^^"),
            Gen.OneOf("a", "*.c", "a b"),
            (name, operation, text) =>
                (WordPart)
                    new ParameterPart(default, name, operation, new Word(default, [new PatternPart(default, text)]))
        );
        var lengths = Variables.Select(name => (WordPart)new ParameterPart(default, name, "#", null));
        var arithmetic = Gen.OneOf("1+2", "x * (y)")
            .Select(text => (WordPart)new ArithmeticPart(default, [new LiteralPart(default, text)]));
        var expansions = Gen.OneOf(substitutions, parameters, lengths, arithmetic);
        var texts = Gen.OneOf("a b", ";", "#'", "!").Select(text => (WordPart)new LiteralPart(default, text));
        var doubled = Gen.OneOf(texts, expansions)
            .Array[0, 3]
            .Select(parts => (WordPart)new DoubleQuotedPart(default, Joined(parts).Parts));
        return Gen.OneOf(expansions, doubled);
    }

    // Two plain texts side by side are one; what only looks like something else is left out.
    private static Word Joined(WordPart[] parts)
    {
        var joined = ImmutableArray.CreateBuilder<WordPart>();
        foreach (var part in parts)
        {
            if (joined.LastOrDefault()?.GetType() != part.GetType() || part is QuotedPart)
            {
                joined.Add(part);
            }
        }

        return new Word(
            default,
            joined is [PatternPart { Text: "[" }] ? [new LiteralPart(default, "[")] : joined.ToImmutable()
        );
    }

    private static Word Literal(string text) => new(default, [new LiteralPart(default, text)]);

    /// <summary>Where a list stands: lines of a here-document have no place in a word.</summary>
    private enum Places
    {
        Outside,
        InWord,
    }
}
