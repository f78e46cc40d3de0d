using System.Collections.Immutable;

namespace Sage.Agent.Permissions;

/// <summary>Who let a call run.</summary>
public enum ConsentSource
{
    /// <summary>Nobody looked at it: the mode lets all of its kind run.</summary>
    Mode,

    /// <summary>A rule of the user is about it.</summary>
    Rule,

    /// <summary>The user was asked.</summary>
    User,
}

/// <summary>How far a call was let, as the gate decided it.</summary>
/// <param name="Source">Who let it run.</param>
/// <param name="Sandbox">What the user wants of walls.</param>
public sealed record CallConsent(ConsentSource Source, SandboxWish Sandbox)
{
    /// <summary>Of calls that did not come through the gate.</summary>
    public static CallConsent Default { get; } = new(ConsentSource.Mode, SandboxWish.Default);
}

/// <summary>What the user wants of the walls around commands that nobody looked at.</summary>
/// <param name="Enabled">False runs them without walls.</param>
/// <param name="Network">Whether they may use the network.</param>
/// <param name="Writable">Folders outside the workspace that they may change; absolute.</param>
public sealed record SandboxWish(bool Enabled, bool Network, ImmutableArray<string> Writable)
{
    public static SandboxWish Default { get; } = new(Enabled: true, Network: false, []);
}
