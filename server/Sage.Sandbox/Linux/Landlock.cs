using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Linux;

/// <summary>The kernel's Landlock: rules that a process puts on itself and on everything it starts.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe class Landlock
{
    private const nuint VersionQuestion = 1; // LANDLOCK_CREATE_RULESET_VERSION
    private const nint RuleForPath = 1; // LANDLOCK_RULE_PATH_BENEATH
    private const ulong BindAndConnect = 3; // LANDLOCK_ACCESS_NET_BIND_TCP | _CONNECT_TCP
    private const ulong AbstractSocketsAndSignals = 3; // LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | _SIGNAL
    private const int PathOnly = 0x20_0000; // O_PATH

    /// <summary>The version of its interface; 0 where there is none.</summary>
    public static int Version { get; } =
        (int)Math.Max(0, Libc.SystemCall(SystemCalls.LandlockCreateRuleset, 0, 0, (nint)VersionQuestion, 0, 0));

    /// <summary>Makes a set of rules.</summary>
    /// <returns>Its descriptor, or a negative errno.</returns>
    public static int Create(LandlockPlan plan, int version)
    {
        var attributes = new Attributes
        {
            HeldBack = (ulong)plan.HeldBack,
            Network = plan.NetworkOff ? BindAndConnect : 0,
            Scopes = version >= LandlockVersion.Scopes ? AbstractSocketsAndSignals : 0,
        };
        // An older kernel takes the shorter structure; a longer one only when the rest is zero.
        var ruleset = (int)
            Libc.SystemCall(SystemCalls.LandlockCreateRuleset, (nint)(&attributes), sizeof(Attributes), 0, 0, 0);
        if (ruleset < 0)
        {
            return -Marshal.GetLastPInvokeError();
        }

        foreach (var grant in plan.Grants)
        {
            Add(ruleset, grant);
        }

        return ruleset;
    }

    // What has gone meanwhile needs no grant; a grant that fails is one permission less.
    private static void Add(int ruleset, LandlockGrant grant)
    {
        var descriptor = Libc.Open(grant.Path, PathOnly | PosixConstants.CloseOnExec, 0);
        if (descriptor < 0)
        {
            return;
        }

        var rule = new PathRule { Rights = (ulong)grant.Rights, Parent = descriptor };
        _ = Libc.SystemCall(SystemCalls.LandlockAddRule, ruleset, RuleForPath, (nint)(&rule), 0, 0);
        _ = Libc.Close(descriptor);
    }

    /// <summary><c>struct landlock_ruleset_attr</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Attributes
    {
        public ulong HeldBack;
        public ulong Network;
        public ulong Scopes;
    }

    /// <summary><c>struct landlock_path_beneath_attr</c>, which is packed.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct PathRule
    {
        public ulong Rights;
        public int Parent;
    }
}
