namespace Sage.Agent.Permissions;

/// <summary>What the gate decides about.</summary>
/// <param name="Kind">How far the call reaches.</param>
/// <param name="Rule">The rule a grant would save, readable by people: <c>run_command(npm test)</c>, <c>edit_file(src/a.ts)</c>.</param>
public sealed record PermissionKey(PermissionKind Kind, string Rule);

/// <summary>How far a call reaches.</summary>
public enum PermissionKind
{
    /// <summary>Reads only, or a command that is proven to read only; also talking to the user and planning.</summary>
    Read,

    /// <summary>Changes files inside the workspace.</summary>
    Edit,

    /// <summary>Everything else: commands, the network, files elsewhere.</summary>
    Execute,
}
