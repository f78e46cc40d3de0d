using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Linux.Mounts;

/// <summary>Tells whether it is worth trying to get mounts of one's own; only the trial shows whether it works.</summary>
[SupportedOSPlatform("linux")]
internal static class UserNamespaces
{
    /// <summary>The superuser needs none.</summary>
    public static bool AreLikely =>
        Libc.GetEffectiveUserId() == 0
        || (
            Number("/proc/sys/user/max_user_namespaces") != 0
            && Number("/proc/sys/kernel/unprivileged_userns_clone") != 0
            && Number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") != 1
        );

    private static int? Number(string path) =>
        int.TryParse(
            Encoding.ASCII.GetString(ProcFile.Read(path)).Trim(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
}
