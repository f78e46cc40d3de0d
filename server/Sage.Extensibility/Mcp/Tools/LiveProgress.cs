using System.Globalization;
using ModelContextProtocol;

namespace Sage.Extensibility.Mcp.Tools;

/// <summary>What a server tells of its progress, as live output of the call, in the order in which it came.</summary>
internal sealed class LiveProgress(Func<string, ValueTask> output) : IProgress<ProgressNotificationValue>
{
    private readonly Lock _gate = new();
    private Task _told = Task.CompletedTask;

    public void Report(ProgressNotificationValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var amount = value.Total is { } total
            ? string.Create(CultureInfo.InvariantCulture, $"{value.Progress} of {total}")
            : value.Progress.ToString(CultureInfo.InvariantCulture);
        lock (_gate)
        {
            _told = TellAsync(_told, $"{amount}{(value.Message is { } message ? $": {message}" : "")}\n");
        }
    }

    /// <summary>Completes when all that was reported is told.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
        {
            return _told;
        }
    }

    private async Task TellAsync(Task before, string line)
    {
        await before;
        await output(line);
    }
}
