namespace Sage.Tools.Shell.ReadOnly.Commands;

/// <summary><c>printf</c> with texts only: options set variables, and some shells evaluate what is to be a number.</summary>
internal sealed record PrintCommand() : ReadOnlyCommand("printf")
{
    public override CommandReads? Read(IReadOnlyList<Argument> arguments) =>
        arguments is [{ Kind: ArgumentKind.Literal, Text: var format }, ..] && IsPlain(format)
            ? CommandReads.Nothing
            : null;

    private static bool IsPlain(string format)
    {
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] == '%' && format.ElementAtOrDefault(++i) is not ('s' or '%'))
            {
                return false;
            }
        }

        return !format.StartsWith('-');
    }
}
