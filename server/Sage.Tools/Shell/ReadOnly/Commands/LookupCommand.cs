namespace Sage.Tools.Shell.ReadOnly.Commands;

/// <summary>Tells where a command is, with one of some options.</summary>
internal sealed record LookupCommand(string Name, params string[] Options) : ReadOnlyCommand(Name)
{
    public override CommandReads? Read(IReadOnlyList<Argument> arguments) =>
        arguments.Count > 1 && Options.Contains(arguments[0].Text) && !arguments.Skip(1).Any(name => name.IsOption)
            ? CommandReads.Nothing
            : null;
}
