using System.Runtime.InteropServices;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Supervision;

/// <summary>How the start of a shell went.</summary>
/// <param name="Pid">The shell.</param>
/// <param name="Failure">Why there is none; null when there is.</param>
/// <param name="Walls">What stands around it; null when none were wanted.</param>
internal sealed record ShellStart(int Pid, string? Failure, WallsInForce? Walls = null)
{
    public static ShellStart Failed(string why) => new(0, why);

    public static ShellStart Failed(string shell, int error) =>
        Failed($"{shell} could not be started: {Marshal.GetPInvokeErrorMessage(error)}.");
}
