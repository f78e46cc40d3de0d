using System.Collections.Immutable;
using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing.Commands;

/// <summary>Reads groups and conditions.</summary>
internal static class CompoundReader
{
    public static GroupCommand ReadSubshell(Cursor cursor) => ReadGroup(cursor, GroupKind.Subshell, ")");

    public static GroupCommand ReadBraces(Cursor cursor) => ReadGroup(cursor, GroupKind.Braces, "}");

    public static IfCommand ReadIf(Cursor cursor)
    {
        var start = cursor.Position;
        var branches = ImmutableArray.CreateBuilder<IfBranch>(1);
        do
        {
            branches.Add(ReadBranch(cursor));
        } while (ReservedWords.IsAt(cursor, "elif"));
        CommandList? otherwise = null;
        if (ReservedWords.IsAt(cursor, "else"))
        {
            cursor.Skip("else".Length);
            otherwise = ListReader.ReadSome(cursor);
        }

        ReservedWords.Expect(cursor, "fi");
        var redirections = RedirectionReader.ReadAll(cursor);
        return new IfCommand(cursor.SpanFrom(start), branches.DrainToImmutable(), otherwise, redirections);
    }

    private static IfBranch ReadBranch(Cursor cursor)
    {
        var start = cursor.Position;
        // if, elif
        cursor.Skip(ReservedWords.Peek(cursor).Length);
        var condition = ListReader.ReadSome(cursor);
        ReservedWords.Expect(cursor, "then");
        var body = ListReader.ReadSome(cursor);
        return new IfBranch(new SourceSpan(start, body.Span.End), condition, body);
    }

    private static GroupCommand ReadGroup(Cursor cursor, GroupKind kind, string close)
    {
        var start = cursor.Position;
        cursor.Skip();
        var body = ListReader.ReadSome(cursor);
        cursor.Expect(close);
        var redirections = RedirectionReader.ReadAll(cursor);
        return new GroupCommand(cursor.SpanFrom(start), kind, body, redirections);
    }
}
