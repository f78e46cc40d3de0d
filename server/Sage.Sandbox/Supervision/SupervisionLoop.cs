using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Supervision;

/// <summary>Watches one shell until nothing below the supervisor is left, and ends what has to end.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class SupervisionLoop(int shell, ChildEvents children, TimeProvider time)
{
    private const int Control = 0;

    private readonly StopLadder _ladder = new(time);
    private readonly DescendantTree _tree = new(Environment.ProcessId, time);
    private bool _controlOpen = true;
    private bool _gone;

    public void Run()
    {
        while (!_gone && _ladder.Phase != StopPhase.GivenUp)
        {
            var before = _ladder.Phase;
            WaitForNews();
            _ladder.Tick();
            if (!_gone)
            {
                Press(before);
            }
        }

        StatusChannel.Write(new(Ended: _gone ? _tree.ReportGone() : _tree.ReportSurvivors()));
    }

    private void Press(StopPhase before)
    {
        switch (_ladder.Phase)
        {
            case StopPhase.Terminating when before != StopPhase.Terminating:
                _tree.Terminate();
                break;
            case StopPhase.Terminating:
                _tree.TerminateOrphans();
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
            new() { Descriptor = children.Descriptor, Events = LinuxConstants.PollIn },
            new() { Descriptor = Control, Events = LinuxConstants.PollIn },
        };
        var timeout = _ladder.Wait is { } wait ? (int)Math.Ceiling(wait.TotalMilliseconds) : -1;
        if (Libc.Poll(sources, _controlOpen ? 2u : 1u, timeout) <= 0)
        {
            return;
        }

        if (sources[0].Returned != 0)
        {
            ReadChildEvent();
        }

        if (sources[1].Returned != 0)
        {
            ReadControl();
        }
    }

    private void ReadChildEvent()
    {
        var news = children.Receive();
        switch (news.Kind)
        {
            case ChildEventKind.NoneLeft:
                _gone = true;
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

    // A byte stops, another one kills. End of file means that the client is gone: that stops too.
    private void ReadControl()
    {
        byte request;
        var length = Libc.Read(Control, &request, 1);
        if (length < 0 && Marshal.GetLastPInvokeError() == LinuxConstants.Eintr)
        {
            return;
        }

        _controlOpen = length > 0;
        if (_controlOpen && _ladder.Phase >= StopPhase.Terminating)
        {
            _ladder.Kill();
        }
        else
        {
            _ladder.Stop();
        }
    }
}
