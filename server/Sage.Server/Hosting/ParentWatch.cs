using System.ComponentModel;
using System.Diagnostics;

namespace Sage.Server.Hosting;

/// <summary>Watches the editor's process, for the case that it dies while something else keeps our standard input open.</summary>
internal sealed class ParentWatch(TimeProvider time, ServerLifecycle lifecycle) : IDisposable
{
    // The two seconds within which the server promises to be gone begin with the death, not when it is noticed.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private ITimer? _timer;
    private Process? _parent;

    /// <summary>Starts watching; a process that is gone already ends the server at once.</summary>
    public void Watch(int processId)
    {
        try
        {
            _parent = Process.GetProcessById(processId);
        }
        catch (ArgumentException)
        {
            lifecycle.End(EndReason.ParentDied);
            return;
        }

        _timer = time.CreateTimer(_ => Check(), null, Interval, Interval);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _parent?.Dispose();
    }

    private void Check()
    {
        try
        {
            if (_parent is { HasExited: true })
            {
                lifecycle.End(EndReason.ParentDied);
            }
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or NotSupportedException)
        {
            // A process that may not be looked at is alive; standard input will tell when it ends.
            _timer?.Dispose();
        }
    }
}
