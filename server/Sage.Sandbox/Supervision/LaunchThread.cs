using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Sage.Sandbox.Commands;

namespace Sage.Sandbox.Supervision;

/// <summary>
/// The one thread that starts supervisors. It never ends: the parent-death signal follows the thread that started a process,
/// so one started from the thread pool would be told of its parent's death whenever the pool shrinks.
/// </summary>
internal sealed class LaunchThread
{
    private readonly BlockingCollection<Request> _requests = [];

    private LaunchThread() => new Thread(Work) { IsBackground = true, Name = "launcher" }.Start();

    public static LaunchThread Shared { get; } = new();

    /// <exception cref="CommandStartException">The executable or the folder is not there, or no process can be made.</exception>
    public Task<Process> StartAsync(ProcessStartInfo start)
    {
        var request = new Request(start, new(TaskCreationOptions.RunContinuationsAsynchronously));
        _requests.Add(request);
        return request.Started.Task;
    }

    private void Work()
    {
        foreach (var (start, started) in _requests.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception exception)
                when (exception is Win32Exception or IOException or InvalidOperationException or ArgumentException)
            {
                started.SetException(Explain(start, exception));
            }
        }
    }

    private static CommandStartException Explain(ProcessStartInfo start, Exception exception) =>
        Directory.Exists(start.WorkingDirectory)
            ? new($"{start.FileName} could not be started: {exception.Message}", exception)
            : new($"The folder {start.WorkingDirectory} does not exist.", exception);

    private sealed record Request(ProcessStartInfo Start, TaskCompletionSource<Process> Started);
}
