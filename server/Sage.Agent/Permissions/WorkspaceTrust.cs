namespace Sage.Agent.Permissions;

/// <summary>Whether the user trusts the folder that is open. It can be withheld and nothing else: who grants it starts a new process.</summary>
public sealed class WorkspaceTrust
{
    /// <summary>What a call gets that would do more than read.</summary>
    public const string Refusal =
        "This workspace is not trusted, so Sage only reads in it: nothing is changed and no command is run, whatever the mode and the rules. Say what you would do instead. The user can trust it with the command Workspaces: Manage Workspace Trust.";

    private volatile bool _isWithheld;

    /// <summary>Clients that say nothing are trusted: whoever starts Sage in a terminal has chosen the folder.</summary>
    public bool IsGranted => !_isWithheld;

    public void Withhold() => _isWithheld = true;
}
