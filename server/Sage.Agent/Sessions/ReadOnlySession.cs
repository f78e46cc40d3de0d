using Sage.Protocol;

namespace Sage.Agent.Sessions;

/// <summary>Says why a session that another window has cannot be changed here.</summary>
public static class ReadOnlySession
{
    public static SageException Refusal() =>
        new(
            ErrorCodes.SessionReadOnly,
            "This session is open in another window: here it can only be read. Continue it there, close it there first, or start a new session."
        );
}
