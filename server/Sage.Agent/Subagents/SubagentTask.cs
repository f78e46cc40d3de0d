namespace Sage.Agent.Subagents;

/// <summary>What a call asks of a sub-agent.</summary>
/// <param name="Kind">The name of a kind.</param>
/// <param name="Words">The whole task: a sub-agent knows nothing else.</param>
public sealed record SubagentTask(string Kind, string Words)
{
    private const int LongestTitle = 80;

    /// <summary>True when the call does not wait for it.</summary>
    public bool InBackground { get; init; }

    /// <summary>One line for people.</summary>
    public string Title => $"{Kind}: {FirstLine}";

    private string FirstLine
    {
        get
        {
            var line = Words.Trim().Split('\n', 2)[0].TrimEnd();
            return line.Length <= LongestTitle ? line : $"{line[..LongestTitle]}…";
        }
    }
}
