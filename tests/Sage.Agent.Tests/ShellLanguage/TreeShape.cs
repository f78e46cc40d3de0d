using System.Collections.Immutable;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.Tests.ShellLanguage;

/// <summary>Everything that a tree says but where it stands in the text: two trees mean the same when their shapes are equal.</summary>
internal static class TreeShape
{
    public static string Of(ShellNode node) =>
        node switch
        {
            CommandList list => $"[{All(list.Items)}]",
            ListItem item => Of(item.Commands) + (item.End == ListEnd.Background ? "&" : ";"),
            AndOrList list => list.Items is [var only] ? Of(only.Pipeline) : All(list.Items),
            AndOrItem item => $"{item.Operator}:{Of(item.Pipeline)}",
            Pipeline pipeline => OfPipeline(pipeline),
            ShellCommand command => OfCommand(command) + string.Concat(command.Redirections.Select(Of)),
            IfBranch branch => $"{Of(branch.Condition)}{Of(branch.Body)}",
            CaseClause clause => $"({All(clause.Patterns)}){Of(clause.Body)}{clause.End}",
            Condition condition => OfCondition(condition),
            Assignment assignment =>
                $"{assignment.Name}{(assignment.Operator == AssignmentOperator.Set ? "" : "+")}={Values(assignment)}",
            Redirection redirection => $"<{redirection.Descriptor}{OfRedirection(redirection)}>",
            HereDocumentBody body => All(body.Parts),
            Word word => $"‹{string.Concat(word.Parts.Select(Of))}›",
            WordPart part => OfPart(part),
            _ => throw new InvalidOperationException($"A kind of node without a shape: {node.GetType().Name}"),
        };

    private static string OfPipeline(Pipeline pipeline)
    {
        var commands = pipeline.Commands.Select((c, i) => i == 0 ? Of(c) : $"{pipeline.Pipes[i - 1]}:{Of(c)}");
        var prefix = pipeline.Prefix == PipelinePrefix.None ? "" : $"{pipeline.Prefix}:";
        return $"{prefix}{string.Join(' ', commands)}";
    }

    private static string OfCommand(ShellCommand command) =>
        command switch
        {
            SimpleCommand simple => All(simple.Assignments) + All(simple.Words),
            GroupCommand group => $"{group.Kind}{Of(group.Body)}",
            IfCommand branches => $"If({All(branches.Branches)}{(branches.Else is { } e ? Of(e) : "")})",
            WhileCommand loop => $"{loop.Kind}{Of(loop.Condition)}{Of(loop.Body)}",
            ForCommand loop =>
                $"{loop.Kind} {loop.Variable}({(loop.Words is { } words ? All(words) : "arguments")}){Of(loop.Body)}",
            ArithmeticForCommand loop => $"For(({string.Concat(loop.Parts.Select(Of))})){Of(loop.Body)}",
            CaseCommand choice => $"Case{Of(choice.Subject)}({All(choice.Clauses)})",
            FunctionDefinition function => $"Function {function.Name}({Of(function.Body)})",
            ArithmeticCommand arithmetic => $"Arithmetic(({string.Concat(arithmetic.Parts.Select(Of))}))",
            ConditionalCommand conditional => $"Conditional({Of(conditional.Condition)})",
            _ => throw new InvalidOperationException($"A kind of command without a shape: {command.GetType().Name}"),
        };

    private static string OfCondition(Condition condition) =>
        condition switch
        {
            TestCondition test => $"{(test.Left is { } left ? Of(left) : "")}{test.Operator}{Of(test.Right)}",
            NegatedCondition negated => $"not({Of(negated.Inner)})",
            GroupedCondition grouped => $"group({Of(grouped.Inner)})",
            JoinedConditions joined => $"{joined.Operator}({All(joined.Conditions)})",
            _ => throw new InvalidOperationException(
                $"A kind of condition without a shape: {condition.GetType().Name}"
            ),
        };

    private static string OfRedirection(Redirection redirection) =>
        redirection switch
        {
            FileRedirection file => $"{file.Operator}{Of(file.Target)}",
            DuplicateRedirection duplicate => $"{duplicate.Operator}{duplicate.Source?.ToString() ?? "closed"}",
            HereStringRedirection here => $"HereString{Of(here.Text)}",
            HereDocumentRedirection here =>
                $"HereDocument {here.Delimiter} {here.Tabs} {here.Expansion}({Of(here.Body)})",
            _ => throw new InvalidOperationException($"A redirection without a shape: {redirection.GetType().Name}"),
        };

    private static string OfPart(WordPart part) =>
        part switch
        {
            LiteralPart literal => literal.Text,
            PatternPart pattern => $"pattern({pattern.Text})",
            QuotedPart quoted => $"{quoted.Quoting}({quoted.Text})",
            DoubleQuotedPart quoted => $"Double({string.Concat(quoted.Parts.Select(Of))})",
            ParameterPart parameter =>
                $"${{{parameter.Name}|{parameter.Operator}|{(parameter.Argument is { } word ? Of(word) : "")}}}",
            SubstitutionPart substitution => $"{substitution.Kind}{Of(substitution.Body)}",
            ArithmeticPart arithmetic => $"(({string.Concat(arithmetic.Parts.Select(Of))}))",
            _ => throw new InvalidOperationException($"A kind of word part without a shape: {part.GetType().Name}"),
        };

    private static string Values(Assignment assignment) =>
        assignment.Kind == AssignmentKind.Array ? $"({All(assignment.Values)})" : All(assignment.Values);

    private static string All<T>(ImmutableArray<T> nodes)
        where T : ShellNode => string.Concat(nodes.Select(Of));
}
