namespace Sage.Agent.Permissions;

/// <summary>What a call would do that is more than its rule says. Only a rule for exactly this call passes over it.</summary>
/// <param name="Text">The concrete consequence, one sentence: <c>It deletes everything below /home/ada.</c></param>
/// <param name="Level">In which modes the user is asked.</param>
public sealed record Danger(string Text, DangerLevel Level);

/// <summary>How much is at stake.</summary>
public enum DangerLevel
{
    /// <summary>Asked, but for mode full.</summary>
    Notable,

    /// <summary>Cannot be had back, or reaches far outside: asked in every mode.</summary>
    Grave,
}
