using System.Text;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.Tests.ShellLanguage;

/// <summary>Writes a tree as a command line.</summary>
internal sealed class TreePrinter
{
    private readonly StringBuilder _text = new();
    private readonly List<HereDocumentRedirection> _awaited = [];

    public static string Print(CommandList script)
    {
        var printer = new TreePrinter();
        printer.Add(script);
        return printer._text.ToString();
    }

    private void Add(CommandList list)
    {
        foreach (var item in list.Items)
        {
            foreach (var entry in item.Commands.Items)
            {
                Add(
                    entry.Operator switch
                    {
                        AndOrOperator.And => " && ",
                        AndOrOperator.Or => " || ",
                        _ => "",
                    }
                );
                Add(entry.Pipeline);
            }

            Add(item.End == ListEnd.Background ? " & " : "; ");
            AddAwaited();
        }
    }

    private void AddAwaited()
    {
        if (_awaited.Count == 0)
        {
            return;
        }

        // `;` and a line break end a command twice, but only the break begins the lines of here-documents.
        Add("\n");
        foreach (var document in _awaited)
        {
            Add(document.Body.Parts);
            Add($"{document.Delimiter}\n");
        }

        _awaited.Clear();
    }

    private void Add(Pipeline pipeline)
    {
        Add(
            pipeline.Prefix switch
            {
                PipelinePrefix.Negated => "! ",
                PipelinePrefix.Timed => "time ",
                _ => "",
            }
        );
        for (var i = 0; i < pipeline.Commands.Length; i++)
        {
            Add(
                i == 0 ? ""
                : pipeline.Pipes[i - 1] == Pipe.Output ? " | "
                : " |& "
            );
            Add(pipeline.Commands[i]);
        }
    }

    private void Add(ShellCommand command)
    {
        switch (command)
        {
            case SimpleCommand simple:
                Add(simple.Assignments, Add, "");
                Add(simple.Words, word => Add(word, " "), "");
                break;
            case GroupCommand group:
                Add(group.Kind == GroupKind.Braces ? "{ " : "( ");
                Add(group.Body);
                Add(group.Kind == GroupKind.Braces ? "}" : ")");
                break;
            case IfCommand branches:
                Add(branches);
                break;
            case CaseCommand choice:
                Add(choice);
                break;
            case FunctionDefinition function:
                Add($"{function.Name}() ");
                Add(function.Body);
                break;
            case ArithmeticCommand arithmetic:
                Add("((");
                Add(arithmetic.Parts);
                Add("))");
                break;
            case ConditionalCommand conditional:
                Add("[[ ");
                Add(conditional.Condition);
                Add(" ]]");
                break;
            default:
                AddLoop(command);
                break;
        }

        Add(command.Redirections, Add, " ");
    }

    private void AddLoop(ShellCommand command)
    {
        switch (command)
        {
            case WhileCommand loop:
                Add(loop.Kind == WhileKind.While ? "while " : "until ");
                Add(loop.Condition);
                AddBody(loop.Body);
                break;
            case ForCommand loop:
                Add(loop.Kind == ForKind.For ? $"for {loop.Variable}" : $"select {loop.Variable}");
                Add(loop.Words is null ? "" : " in ");
                Add(loop.Words ?? [], word => Add(word, " "), "");
                Add("; ");
                AddBody(loop.Body);
                break;
            case ArithmeticForCommand loop:
                Add("for ((");
                Add(loop.Parts);
                Add(")); ");
                AddBody(loop.Body);
                break;
        }
    }

    private void Add(IfCommand branches)
    {
        for (var i = 0; i < branches.Branches.Length; i++)
        {
            Add(i == 0 ? "if " : "elif ");
            Add(branches.Branches[i].Condition);
            Add("then ");
            Add(branches.Branches[i].Body);
        }

        if (branches.Else is { } otherwise)
        {
            Add("else ");
            Add(otherwise);
        }

        Add("fi");
    }

    private void AddBody(CommandList body)
    {
        Add("do ");
        Add(body);
        Add("done");
    }

    private void Add(CaseCommand choice)
    {
        Add("case ");
        Add(choice.Subject, " in ");
        foreach (var clause in choice.Clauses)
        {
            Add("(");
            for (var i = 0; i < clause.Patterns.Length; i++)
            {
                Add(clause.Patterns[i], i < clause.Patterns.Length - 1 ? " | " : ") ");
            }

            Add(clause.Body);
            // A list that ends in a semicolon must not be taken for the end of the clause.
            AddAwaited();
            Add("\n");
            Add(
                clause.End switch
                {
                    CaseEnd.FallThrough => ";& ",
                    CaseEnd.TryNext => ";;& ",
                    _ => ";; ",
                }
            );
        }

        Add("esac");
    }

    private void Add(Condition condition)
    {
        switch (condition)
        {
            case TestCondition { Left: null } test:
                Add(test.Operator.Length == 0 ? "" : $"{test.Operator} ");
                Add(test.Right, "");
                break;
            case TestCondition test:
                Add(test.Left, $" {test.Operator} ");
                Add(test.Right, "");
                break;
            case NegatedCondition negated:
                Add("! ");
                Add(negated.Inner);
                break;
            case GroupedCondition grouped:
                Add("( ");
                Add(grouped.Inner);
                Add(" )");
                break;
            case JoinedConditions joined:
                Add(joined.Conditions[0]);
                foreach (var next in joined.Conditions.Skip(1))
                {
                    Add(joined.Operator == AndOrOperator.And ? " && " : " || ");
                    Add(next);
                }

                break;
        }
    }

    private void Add(Assignment assignment)
    {
        Add($"{assignment.Name}{(assignment.Operator == AssignmentOperator.Set ? "=" : "+=")}");
        Add(assignment.Kind == AssignmentKind.Array ? "(" : "");
        Add(assignment.Values, word => Add(word, " "), "");
        Add(assignment.Kind == AssignmentKind.Array ? ") " : "");
    }

    private void Add(Redirection redirection)
    {
        Add($"{redirection.Descriptor}");
        switch (redirection)
        {
            case FileRedirection file:
                Add(Operators.Of(file.Operator));
                Add(file.Target, "");
                break;
            case DuplicateRedirection duplicate:
                Add(duplicate.Operator == DuplicateOperator.Input ? "<&" : ">&");
                Add(duplicate.Source?.ToString() ?? "-");
                break;
            case HereStringRedirection here:
                Add("<<< ");
                Add(here.Text, "");
                break;
            case HereDocumentRedirection here:
                var quote = here.Expansion == HereDocumentExpansion.Literal ? "'" : "";
                Add($"{(here.Tabs == HereDocumentTabs.Removed ? "<<-" : "<<")}{quote}{here.Delimiter}{quote}");
                _awaited.Add(here);
                break;
        }
    }

    private void Add(Word word, string end)
    {
        Add(word.Parts);
        Add(end);
    }

    private void Add(IEnumerable<WordPart> parts)
    {
        foreach (var part in parts)
        {
            Add(part);
        }
    }

    private void Add(WordPart part)
    {
        switch (part)
        {
            case LiteralPart { Text: var text }:
                Add(text);
                break;
            case PatternPart { Text: var text }:
                Add(text);
                break;
            case QuotedPart quoted:
                Add(Operators.Of(quoted));
                break;
            case DoubleQuotedPart quoted:
                Add("\"");
                Add(quoted.Parts);
                Add("\"");
                break;
            case ParameterPart parameter:
                Add(parameter is { Operator: "#", Argument: null } ? "${#" : "${");
                Add(parameter.Name);
                Add(parameter.Argument is null ? "" : parameter.Operator);
                Add(parameter.Argument?.Parts ?? []);
                Add("}");
                break;
            case SubstitutionPart substitution:
                Add(Operators.Of(substitution.Kind));
                // Lines of here-documents around a word do not begin in it.
                List<HereDocumentRedirection> outside = [.. _awaited];
                _awaited.Clear();
                Add(substitution.Body);
                _awaited.AddRange(outside);
                Add(substitution.Kind == SubstitutionKind.Backquotes ? "`" : ")");
                break;
            case ArithmeticPart arithmetic:
                Add("$((");
                Add(arithmetic.Parts);
                Add("))");
                break;
        }
    }

    private void Add<T>(IEnumerable<T> nodes, Action<T> add, string before)
    {
        foreach (var node in nodes)
        {
            Add(before);
            add(node);
            Add(node is Assignment ? " " : "");
        }
    }

    private void Add(string text) => _text.Append(text);

    private static class Operators
    {
        public static string Of(FileOperator file) =>
            file switch
            {
                FileOperator.Read => "<",
                FileOperator.Write => ">",
                FileOperator.Append => ">>",
                FileOperator.Clobber => ">|",
                FileOperator.ReadWrite => "<>",
                FileOperator.WriteBoth => "&>",
                _ => "&>>",
            };

        public static string Of(QuotedPart quoted) =>
            quoted.Quoting switch
            {
                Quoting.Backslash => $"\\{quoted.Text}",
                Quoting.Single => $"'{quoted.Text}'",
                _ => $"$'{quoted.Text}'",
            };

        public static string Of(SubstitutionKind kind) =>
            kind switch
            {
                SubstitutionKind.Parentheses => "$( ",
                SubstitutionKind.Backquotes => "`",
                SubstitutionKind.FileToRead => "<( ",
                _ => ">( ",
            };
    }
}
