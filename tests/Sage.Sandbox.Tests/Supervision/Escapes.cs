namespace Sage.Sandbox.Tests.Supervision;

/// <summary>The ways in which programs get away from whoever started them. <c>SLEEP</c> stands for a marked <c>sleep</c>.</summary>
public static class Escapes
{
    /// <summary>The command line, and how many sleeps run when all have been started.</summary>
    public static TheoryData<string, int> All { get; } =
        new()
        {
            { "SLEEP", 1 },
            { "(SLEEP &); SLEEP", 2 },
            { "(setsid sh -c 'SLEEP & SLEEP' &); SLEEP", 3 },
            // Ignores SIGTERM, and so does what it starts.
            { "(trap '' TERM; SLEEP; true) & SLEEP", 2 },
            // Holds the output although its shell has closed it, in a session of its own.
            { "(setsid sh -c 'trap \"\" TERM HUP; SLEEP; true' &); exec >/dev/null 2>&1; SLEEP", 2 },
        };

    /// <summary>The same, but the shell ends at once and leaves everything running.</summary>
    public static TheoryData<string> Leaving { get; } =
        new()
        {
            "SLEEP &",
            "(SLEEP &)",
            "(setsid sh -c 'SLEEP & SLEEP' &)",
            "(trap '' TERM; SLEEP; true) &",
            "(setsid sh -c 'trap \"\" TERM HUP; SLEEP; true' &); exec >/dev/null 2>&1",
        };
}
