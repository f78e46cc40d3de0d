namespace Sage.Sandbox.Windows.Integrity;

/// <summary>
/// How far Windows trusts a process or a file. Who is trusted less cannot change what is trusted more, whatever the access
/// lists of it say: not write, not delete, not rename, not take over.
/// </summary>
internal sealed record IntegrityLevel(string Name, int Number)
{
    /// <summary>Of a command behind walls, and of what it may change.</summary>
    public static IntegrityLevel Low { get; } = new("LW", 0x1000);

    /// <summary>Of everything that has no label.</summary>
    public static IntegrityLevel Medium { get; } = new("ME", 0x2000);

    private const int LabelAuthority = 16; // SECURITY_MANDATORY_LABEL_AUTHORITY

    /// <summary>The label that a file or folder gets, for everything below it, too.</summary>
    public string Label => $"S:(ML;OICI;NW;;;{Name})";

    /// <summary>Whether a label as the system tells it is this one; <c>ID</c> among its flags says that it came from above.</summary>
    public bool Is(string label) =>
        label.StartsWith("S:", StringComparison.Ordinal)
        && label.Split(';') is [var kind, var flags, var rule, _, _, var name]
        && kind.EndsWith("(ML", StringComparison.Ordinal)
        && !flags.Contains("IO", StringComparison.Ordinal)
        && rule.Contains("NW", StringComparison.Ordinal)
        && name == $"{Name})";

    /// <summary>The level as the system's binary identifier, <c>S-1-16-…</c>.</summary>
    public byte[] ToSid() => [1, 1, 0, 0, 0, 0, 0, LabelAuthority, .. BitConverter.GetBytes(Number)];
}
