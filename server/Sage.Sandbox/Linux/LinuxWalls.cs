using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sage.Sandbox.Linux.Filters;
using Sage.Sandbox.Linux.Mounts;
using Sage.Sandbox.Native;
using Sage.Sandbox.Supervision;
using Sage.Sandbox.Supervision.Streams;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Linux;

/// <summary>Starts a shell behind walls: the best that this kernel and this user can have, and says which these are.</summary>
/// <remarks>
/// The supervisor itself stays free, so that it can end what it started; the child walls itself in before it becomes the
/// shell. What cannot be known before it was tried is tried: a child that fails at mounts is followed by one without.
/// </remarks>
[SupportedOSPlatform("linux")]
internal static class LinuxWalls
{
    public static ShellStart Start(
        string shell,
        string command,
        CommandWalls walls,
        KernelFeatures features,
        ShellStreams? streams
    )
    {
        var wanted = new WallOrder(walls, RealWalls.Of(walls), features);
        foreach (var mounts in wanted.Attempts)
        {
            using var script = new WallScript(wanted, mounts);
            if (script.Failure is { } failure)
            {
                return ShellStart.Failed(failure);
            }

            var result = ShellFork.Start(shell, command, script.Calls, streams);
            if (result.Error == 0)
            {
                return new(result.Pid, null, script.Walls);
            }

            if (result.Step == ForkResult.Shell)
            {
                return ShellStart.Failed(shell, result.Error);
            }

            if (!script.IsMount(result.Step))
            {
                return ShellStart.Failed(
                    $"The sandbox could not be put up, so the command was not run: {script.Calls.NameOf(result.Step)}: "
                        + $"{Marshal.GetPInvokeErrorMessage(result.Error)}."
                );
            }
        }

        throw new InvalidOperationException("The last attempt has no mounts.");
    }
}

/// <summary>How much is done with mounts.</summary>
internal enum MountUse
{
    /// <summary>Nothing: they need privileges, or a namespace of users where ordinary ones may have it.</summary>
    None,

    /// <summary>Protected parts are mounted read-only.</summary>
    Protected,

    /// <summary>Everything that is not writable is mounted read-only: that stops changes of owners, modes and times, too.</summary>
    Everything,
}

/// <param name="Walls">As they were asked for.</param>
/// <param name="Real">As they are on the disk.</param>
/// <param name="Features">What there is to build with.</param>
internal sealed record WallOrder(CommandWalls Walls, RealWalls Real, KernelFeatures Features)
{
    /// <summary>From the best to the one that always works.</summary>
    public ImmutableArray<MountUse> Attempts =>
        Features is { Landlock: > 0, Mounts: true }
            ? [MountUse.Everything, MountUse.Protected, MountUse.None]
            : [MountUse.None];
}

/// <summary>What a kernel has.</summary>
/// <param name="Landlock">The version of its interface; 0 for none.</param>
/// <param name="Filter">Whether system calls can be filtered, and we know how for this processor.</param>
/// <param name="Mounts">Whether it is worth trying to get mounts of one's own.</param>
internal sealed record KernelFeatures(int Landlock, bool Filter, bool Mounts)
{
    [SupportedOSPlatform("linux")]
    public static KernelFeatures OfThisComputer { get; } = Probe();

    [SupportedOSPlatform("linux")]
    private static KernelFeatures Probe() =>
        new(
            Linux.Landlock.Version,
            new CallFilter(RuntimeInformation.ProcessArchitecture).IsKnown
                && Libc.Prctl(LinuxConstants.GetFilterMode, 0, 0, 0, 0) >= 0,
            UserNamespaces.AreLikely
        );
}
