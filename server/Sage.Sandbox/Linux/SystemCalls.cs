using System.Runtime.InteropServices;

namespace Sage.Sandbox.Linux;

/// <summary>Numbers of the system calls that put up the walls. Those of recent kernels are the same everywhere.</summary>
internal static class SystemCalls
{
    public const nint MountSetAttributes = 442;
    public const nint LandlockCreateRuleset = 444;
    public const nint LandlockAddRule = 445;
    public const nint LandlockRestrictSelf = 446;

    private static readonly bool s_arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    public static nint Write => s_arm ? 64 : 1;
    public static nint Close => s_arm ? 57 : 3;
    public static nint GetCapabilities => s_arm ? 90 : 125;
    public static nint SetCapabilities => s_arm ? 91 : 126;
    public static nint OpenAt => s_arm ? 56 : 257;
    public static nint ChangeFolder => s_arm ? 49 : 80;
    public static nint Unshare => s_arm ? 97 : 272;
    public static nint Mount => s_arm ? 40 : 165;
    public static nint Prctl => s_arm ? 167 : 157;
    public static nint Seccomp => s_arm ? 277 : 317;
}
