using System.Collections.Immutable;
using System.Globalization;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Linux;

namespace Sage.Sandbox.Walls;

/// <summary>What this computer has to build walls with.</summary>
/// <param name="Means">For people: <c>Landlock 7</c>, <c>a filter of system calls</c>. Empty when there is nothing.</param>
/// <param name="Missing">What would be missing around a command, each a sentence for people.</param>
public sealed record SandboxSupport(ImmutableArray<string> Means, ImmutableArray<string> Missing)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>As far as can be told without starting anything.</summary>
    public static SandboxSupport OfThisComputer { get; } =
        OperatingSystem.IsLinux() ? OfLinux(KernelFeatures.OfThisComputer)
        : OperatingSystem.IsMacOS() ? new(["Seatbelt"], [])
        : Windows.WindowsWalls.Support;

    /// <summary>Puts up all walls around a command that does nothing: only that shows whether mounts can be had.</summary>
    /// <exception cref="CommandStartException">No command can be started.</exception>
    /// <exception cref="TimeoutException">It does not end.</exception>
    public static async Task<SandboxSupport> TryAsync(CommandRunner runner, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runner);
        var folder = Path.TrimEndingDirectorySeparator(Path.GetTempPath());
        var walls = new CommandWalls
        {
            Writable = [OperatingSystem.IsWindows() ? Windows.WindowsWalls.Temporary : folder],
            Network = NetworkAccess.Off,
        };
        var running = await runner.StartAsync(new("exit 0", folder) { Walls = walls }, _ => ValueTask.CompletedTask);
        await running.Completion.WaitAsync(s_patience, cancellationToken);
        var means = OfThisComputer.Means;
        return running.Walls is { } walled ? new(MeansOf(means, walled), walled.Missing) : OfThisComputer;
    }

    private static ImmutableArray<string> MeansOf(ImmutableArray<string> means, WallsInForce walled) =>
        walled switch
        {
            { Files: FileWall.Mounts } => [.. means, "mounts of its own"],
            // What every Windows has did not work on this one.
            { Files: FileWall.None } when OperatingSystem.IsWindows() => [],
            _ => means,
        };

    internal static SandboxSupport OfLinux(KernelFeatures features) =>
        new(
            [
                .. features.Landlock > 0
                    ? [string.Create(CultureInfo.InvariantCulture, $"Landlock {features.Landlock}")]
                    : Array.Empty<string>(),
                .. features.Filter ? ["a filter of system calls"] : Array.Empty<string>(),
            ],
            [
                .. features.Landlock > 0
                    ? Array.Empty<string>()
                    : ["This kernel has no Landlock: files are not walled."],
                .. features.Filter
                    ? Array.Empty<string>()
                    : ["System calls cannot be filtered here: the network stays on."],
            ]
        );
}
