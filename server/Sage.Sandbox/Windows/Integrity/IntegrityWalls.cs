using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Windows.Integrity;

/// <summary>
/// The walls around one command on Windows: it runs with low integrity, and only what it may change is labelled as low. They
/// stand until they are disposed of.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class IntegrityWalls : IDisposable
{
    private readonly SafeFileHandle _token;
    private readonly List<SafeFileHandle> _held = [];

    private IntegrityWalls(SafeFileHandle token) => _token = token;

    /// <exception cref="UnwallableException">What should be writable cannot be opened to commands alone.</exception>
    /// <exception cref="Win32Exception">The system refuses a label or the token.</exception>
    public static IntegrityWalls Around(CommandWalls walls)
    {
        Directory.CreateDirectory(WindowsWalls.Temporary);
        var plan = LabelPlan.For(walls, Guarded(), Path.Exists);
        var raised = new IntegrityWalls(LowToken.Create());
        try
        {
            // What is protected first: there is no moment in which it is open.
            raised._held.AddRange(plan.Held.Select(FileLabels.Hold));
            foreach (var path in plan.Medium)
            {
                FileLabels.Ensure(path, IntegrityLevel.Medium);
            }

            foreach (var path in plan.Low)
            {
                FileLabels.Ensure(path, IntegrityLevel.Low);
            }

            return raised;
        }
        catch (Win32Exception)
        {
            raised.Dispose();
            throw;
        }
    }

    /// <summary>Starts the command inside.</summary>
    /// <exception cref="Win32Exception">It does not start.</exception>
    public ShellProcess Start(ProcessStartInfo start, (nint Input, nint Output, nint Error) streams)
    {
        // The user's own folder for temporary files is everybody's, and stays as it is.
        (start.Environment["TEMP"], start.Environment["TMP"]) = (WindowsWalls.Temporary, WindowsWalls.Temporary);
        return LowProcess.Start(_token, start, streams);
    }

    public void Dispose()
    {
        _token.Dispose();
        _held.ForEach(handle => handle.Dispose());
    }

    private static string[] Guarded() =>
        [
            .. new[]
            {
                Environment.SpecialFolder.UserProfile,
                Environment.SpecialFolder.ApplicationData,
                Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolder.Windows,
                Environment.SpecialFolder.ProgramFiles,
                Environment.SpecialFolder.ProgramFilesX86,
                Environment.SpecialFolder.CommonApplicationData,
            }.Select(Environment.GetFolderPath),
        ];
}
