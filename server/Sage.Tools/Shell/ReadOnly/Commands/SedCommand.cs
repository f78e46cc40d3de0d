namespace Sage.Tools.Shell.ReadOnly.Commands;

/// <summary><c>sed</c> with scripts that only choose, print and replace: no editing in place, no files, no commands.</summary>
internal sealed record SedCommand() : ReadOnlyCommand("sed")
{
    public override CommandReads? Read(IReadOnlyList<Argument> arguments)
    {
        List<string> scripts = [];
        List<Argument> operands = [];
        for (var i = 0; i < arguments.Count; i++)
        {
            var text = arguments[i].Text;
            if (!arguments[i].IsOption)
            {
                operands.Add(arguments[i]);
            }
            else if (text is "-e" or "-ne" or "-Ee" or "-nEe" or "-re")
            {
                if (++i >= arguments.Count || arguments[i].Kind != ArgumentKind.Literal)
                {
                    return null;
                }

                scripts.Add(arguments[i].Text);
            }
            else if (text is not ("--quiet" or "--silent" or "--regexp-extended") && !text[1..].All("nErsz".Contains))
            {
                return null;
            }
        }

        if (scripts.Count == 0)
        {
            if (operands is not [{ Kind: ArgumentKind.Literal, Text: var script }, ..])
            {
                return null;
            }

            scripts.Add(script);
            operands.RemoveAt(0);
        }

        return scripts.TrueForAll(SedScript.IsReadOnly) ? new CommandReads([.. operands], []) : null;
    }
}
