using System.ComponentModel;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Sage.Sandbox.Windows.Integrity;

/// <summary>The user's identity without privileges and of low integrity.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe class LowToken
{
    /// <exception cref="Win32Exception">The system refuses.</exception>
    public static SafeFileHandle Create()
    {
        if (!Advapi32.OpenProcessToken(Kernel32.GetCurrentProcess(), Advapi32.TokenAccess, out var own))
        {
            throw new Win32Exception();
        }

        using (own)
        {
            // A restricted version of our own token is one that we may give to a process without being an administrator.
            if (!Advapi32.CreateRestrictedToken(own, Advapi32.WithoutPrivileges, 0, 0, 0, 0, 0, 0, out var low))
            {
                throw new Win32Exception();
            }

            try
            {
                Lower(low);
                return low;
            }
            catch (Win32Exception)
            {
                low.Dispose();
                throw;
            }
        }
    }

    private static void Lower(SafeFileHandle token)
    {
        fixed (byte* sid = IntegrityLevel.Low.ToSid())
        {
            var label = new TokenLabel { Sid = (nint)sid, Attributes = Advapi32.IntegrityAttribute };
            if (!Advapi32.SetTokenInformation(token, Advapi32.TokenIntegrityLevel, &label, sizeof(TokenLabel)))
            {
                throw new Win32Exception();
            }
        }
    }
}
