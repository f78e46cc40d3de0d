namespace Sage.Tools.Shell.ReadOnly.Commands;

/// <summary>A command that can only read, with the right arguments.</summary>
/// <param name="Name">As it stands in the command line.</param>
internal abstract record ReadOnlyCommand(string Name)
{
    /// <summary>What it reads; null when these arguments are not certain to leave it read-only, wherever its paths lead.</summary>
    public abstract CommandReads? Read(IReadOnlyList<Argument> arguments);
}
