using System.Collections.Immutable;
using System.Runtime.Versioning;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Supervision;

/// <summary>The last resort when a supervisor itself was killed: ends what is still in its shell's session.</summary>
[SupportedOSPlatform("linux")]
internal static class OrphanedSession
{
    /// <summary>Kills the session's members. Those that left it cannot be told from strangers any more.</summary>
    public static ImmutableArray<EndedProcess> Kill(int session)
    {
        var members = ProcessTable.Read().Where(entry => entry.Session == session && !entry.IsZombie).ToList();
        foreach (var member in members)
        {
            _ = Libc.Kill(member.Pid, LinuxConstants.Sigkill);
        }

        return [.. members.Select(member => new EndedProcess(member.Pid, member.Name, EndedHow.Killed, 0))];
    }
}
