using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sage.Sandbox.Native;
using Sage.Sandbox.Supervision.Streams;

namespace Sage.Sandbox.Supervision;

/// <summary>Watches one shell until nothing that it started is left, and ends what has to end.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed unsafe class SupervisionLoop(int shell, ChildEvents children, ErrorRelay? errors, TimeProvider time)
{
    private const int Control = 0;

    private readonly StopLadder _ladder = new(time);
    private readonly DescendantTree _tree = new(Environment.ProcessId, shell, time);
    private bool _controlOpen = true;
    private bool _childless;

    public void Run()
    {
        var gone = false;
        while (!gone && _ladder.Phase != StopPhase.GivenUp)
        {
            var before = _ladder.Phase;
            WaitForNews();
            _ladder.Tick();
            gone = IsGone();
            if (!gone)
            {
                Press(before);
            }
        }

        errors?.PassRest();
        StatusChannel.Write(new(Ended: gone ? _tree.ReportGone() : _tree.ReportSurvivors()));
    }

    // macOS hands orphans to its first process: there the end of all our children is not the end of the tree.
    private bool IsGone() => _childless && (OperatingSystem.IsLinux() || _tree.IsGone());

    private void Press(StopPhase before)
    {
        switch (_ladder.Phase)
        {
            case StopPhase.Terminating:
                var count = before == StopPhase.Terminating ? _tree.TerminateOrphans() : _tree.Terminate();
                if (count >= DescendantTree.Runaway)
                {
                    _ladder.Kill();
                }

                break;
            case StopPhase.Killing:
                _tree.Kill();
                break;
        }
    }

    private void WaitForNews()
    {
        var sources = stackalloc PollDescriptor[]
        {
            new() { Descriptor = children.Descriptor, Events = PosixConstants.PollIn },
            // What a piped command is told is not ours to read: there only the end is of interest, which is always told.
            new()
            {
                Descriptor = _controlOpen ? Control : -1,
                Events = errors is null ? PosixConstants.PollIn : (short)0,
            },
            new() { Descriptor = errors?.Descriptor ?? -1, Events = PosixConstants.PollIn },
        };
        var timeout = _ladder.Wait is { } wait ? (int)Math.Ceiling(wait.TotalMilliseconds) : -1;
        if (Libc.Poll(sources, 3, timeout) <= 0)
        {
            return;
        }

        if (sources[1].Returned != 0)
        {
            ReadControl();
        }

        if (sources[2].Returned != 0)
        {
            errors!.Pass();
        }

        // All of them, before anything is done about one: a tree can end processes faster than it can be searched.
        while (sources[0].Returned != 0 && Libc.Poll(sources, 1, 0) > 0)
        {
            ReadChildEvent();
        }
    }

    private void ReadChildEvent()
    {
        var news = children.Receive();
        switch (news.Kind)
        {
            case ChildEventKind.NoneLeft:
                _childless = true;
                break;
            case ChildEventKind.StopRequested:
                _ladder.Stop();
                break;
            case ChildEventKind.Exited:
                _tree.NoteExit(news.Pid);
                if (news.Pid == shell)
                {
                    StatusChannel.Write(new(Exited: new(news.ExitCode, news.Signal)));
                    _ladder.ShellExited();
                }

                break;
        }
    }

    // A byte stops, another one kills. End of file means that the client is gone: that is a request like any other.
    private void ReadControl()
    {
        if (errors is not null)
        {
            _controlOpen = false;
            _ladder.Insist();
            return;
        }

        byte request;
        var length = Libc.Read(Control, &request, 1);
        if (length < 0 && Marshal.GetLastPInvokeError() == PosixConstants.Eintr)
        {
            return;
        }

        _controlOpen = length > 0;
        _ladder.Insist();
    }
}
