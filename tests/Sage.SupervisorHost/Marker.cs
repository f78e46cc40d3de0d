using System.Globalization;
using System.Text;

namespace Sage.SupervisorHost;

/// <summary>A number that no other process of the machine has in its command line: <c>sleep 300.&lt;marker&gt;</c>.</summary>
public sealed class Marker
{
    private static int s_next;

    private readonly string _digits = string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessId:D7}{Interlocked.Increment(ref s_next):D6}7"
    );

    /// <summary>A command that would run for five minutes.</summary>
    public string Sleep => $"sleep 300.{_digits}";

    /// <summary>Puts <see cref="Sleep"/> in the place of each <c>SLEEP</c>.</summary>
    public string InPlace(string command) => command.Replace("SLEEP", Sleep, StringComparison.Ordinal);

    /// <summary>How many processes have it in their command line: sleeps, shells and supervisors.</summary>
    public int CountAlive() => CommandLines().Count(line => line.Contains(_digits, StringComparison.Ordinal));

    /// <summary>How many <see cref="Sleep"/>s run.</summary>
    public int CountSleeping() =>
        CommandLines().Count(line => line.StartsWith($"sleep\0300.{_digits}", StringComparison.Ordinal));

    /// <summary>Waits until so many <see cref="Sleep"/>s run: only the operating system knows when.</summary>
    public Task WaitForSleepsAsync(int count) => WaitAsync(() => CountSleeping() >= count);

    /// <summary>Waits until no <see cref="Sleep"/> runs.</summary>
    public Task WaitForNoSleepsAsync() => WaitAsync(() => CountSleeping() == 0);

    /// <summary>Waits until none is alive.</summary>
    public Task WaitForNoneAsync() => WaitAsync(() => CountAlive() == 0);

    private static async Task WaitAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(10, deadline.Token);
        }
    }

    private static IEnumerable<string> CommandLines() =>
        Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(folder[^1])).Select(CommandLine);

    // A process that goes while it is looked at reads as empty or not at all; zombies read as empty.
    private static string CommandLine(string folder)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(folder + "/cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
