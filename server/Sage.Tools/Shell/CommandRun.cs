using Sage.Agent.BackgroundWork;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Walls;

namespace Sage.Tools.Shell;

/// <summary>One run of a command: its processes and what it says. It can go on in the background of the call that started it.</summary>
internal sealed class CommandRun : IBackgroundWork
{
    private readonly RunningCommand _command;
    private readonly CommandFeed _feed;

    private CommandRun(RunningCommand command, CommandSpec spec, CommandFeed feed)
    {
        (_command, _feed) = (command, feed);
        Command = new BackgroundCommand(UserShell.Current, spec.Command, spec.WorkingDirectory);
        Ended = EndAsync();
        Completion = DescribeEndAsync();
    }

    /// <summary>Completes when nothing of it runs any more and people have seen its last output.</summary>
    public Task<CommandExit> Ended { get; }

    public Task<BackgroundExit> Completion { get; }

    public BackgroundCommand? Command { get; }

    /// <summary>The shell's process.</summary>
    public int Pid => _command.Pid;

    /// <summary>The walls around it; null when none were wanted.</summary>
    public WallsInForce? Walls => _command.Walls;

    int? IBackgroundWork.Pid => Pid;

    /// <summary>How long it has said nothing.</summary>
    public TimeSpan Silence => _feed.Silence;

    /// <exception cref="CommandStartException">No such folder, no shell, no supervisor.</exception>
    public static async Task<CommandRun> StartAsync(CommandRunner runner, CommandSpec spec, CommandFeed feed)
    {
        try
        {
            return new CommandRun(await runner.StartAsync(spec, feed.AddAsync), spec, feed);
        }
        catch (CommandStartException)
        {
            await feed.DisposeAsync();
            throw;
        }
    }

    public async Task WaitForOutputAsync(CancellationToken cancellationToken)
    {
        while (!Ended.IsCompleted)
        {
            var news = _feed.NextNews();
            if (_feed.HasNews)
            {
                return;
            }

            await Task.WhenAny(news, Ended).WaitAsync(cancellationToken);
        }
    }

    public string TakeOutput() => _feed.Take();

    public void Stop() => _ = _command.StopAsync();

    /// <summary>Asks it to end, and waits until it has.</summary>
    public Task<CommandExit> StopAsync()
    {
        Stop();
        return Ended;
    }

    /// <summary>Lets it go on by itself: others look on, and all its output is kept in a file.</summary>
    public void Detach(Func<string, ValueTask> audience) => _feed.MoveTo(audience);

    public InputWait? FindInputWait() => _command.FindInputWait();

    private async Task<CommandExit> EndAsync()
    {
        try
        {
            return await _command.Completion;
        }
        finally
        {
            await _feed.DisposeAsync();
        }
    }

    private async Task<BackgroundExit> DescribeEndAsync()
    {
        await ((Task)Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!Ended.IsCompletedSuccessfully)
        {
            // Nobody could take its output, which has ended it.
            return new BackgroundExit(null, "ended, because its output could not be taken");
        }

        var exit = await Ended;
        return new BackgroundExit(exit.ExitCode, exit.Description);
    }
}
