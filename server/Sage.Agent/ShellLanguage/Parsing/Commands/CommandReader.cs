using Sage.Agent.ShellLanguage.Syntax;

namespace Sage.Agent.ShellLanguage.Parsing.Commands;

/// <summary>Decides which kind of command begins here, and has it read.</summary>
internal static class CommandReader
{
    public static ShellCommand Read(Cursor cursor)
    {
        cursor.Descend();
        var command = ReadAny(cursor);
        cursor.Ascend();
        return command;
    }

    /// <summary>A group, a loop or the like; null when the command here is a simple one.</summary>
    public static ShellCommand? TryReadCompound(Cursor cursor)
    {
        if (cursor.Current == '(')
        {
            return cursor.Next == '(' ? ConditionReader.ReadArithmetic(cursor) : CompoundReader.ReadSubshell(cursor);
        }

        var word = ReservedWords.Peek(cursor);
        return word switch
        {
            "{" when IsSpace(cursor.Next) => CompoundReader.ReadBraces(cursor),
            "if" => CompoundReader.ReadIf(cursor),
            "case" => CaseReader.Read(cursor),
            "while" => LoopReader.ReadWhile(cursor, WhileKind.While),
            "until" => LoopReader.ReadWhile(cursor, WhileKind.Until),
            "for" => LoopReader.ReadFor(cursor),
            "select" => LoopReader.ReadSelect(cursor),
            "[[" => ConditionReader.ReadConditional(cursor),
            _ => null,
        };
    }

    private static ShellCommand ReadAny(Cursor cursor)
    {
        if (TryReadCompound(cursor) is { } compound)
        {
            return compound;
        }

        if (ReservedWords.IsAt(cursor, "function"))
        {
            return FunctionReader.ReadKeyword(cursor);
        }

        // zsh begins a group wherever a command begins with a brace.
        if (cursor.Current == '{' || ReservedWords.IsAtMisplaced(cursor))
        {
            throw cursor.Refuse($"`{ReservedWords.Peek(cursor)}` is unexpected");
        }

        return SimpleCommandReader.Read(cursor);
    }

    private static bool IsSpace(char c) => Characters.IsBlank(c) || c == '\n';
}
