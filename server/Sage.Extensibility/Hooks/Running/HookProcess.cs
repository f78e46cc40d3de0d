using System.Globalization;
using System.Text;
using Sage.Sandbox.Commands;

namespace Sage.Extensibility.Hooks.Running;

/// <summary>Runs the command of a hook under the supervisor: whatever it does, it ends in time, with everything it started.</summary>
internal sealed class HookProcess(CommandRunner runner, TimeProvider time)
{
    /// <summary>Characters of its output that are read.</summary>
    public const int MostOutput = 64 * 1024;

    private const int MostErrors = 16 * 1024;

    // Nothing is left then that could write.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    /// <param name="spec">What to run, and where.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="show">Shows its process among what runs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<HookOutput> RunAsync(
        CommandSpec spec,
        byte[] input,
        TimeSpan timeout,
        Func<int, IDisposable> show,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = time.GetTimestamp();
        var errors = new TextBeginning(MostErrors);
        PipedCommand piped;
        try
        {
            piped = await runner.StartPipedAsync(spec with { Command = Fed(spec.Command, input) }, errors.Add);
        }
        catch (CommandStartException error)
        {
            return new HookOutput(null, "", "") { Failure = $"could not be started: {error.Message}" };
        }

        using var shown = show(piped.Command.Pid);
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var output = new TextBeginning(MostOutput);
        var (exit, inTime) = await TalkAsync(piped, input, output, either.Token);
        cancellationToken.ThrowIfCancellationRequested();
        var (text, isCut) = output.Read();
        return new HookOutput(inTime ? exit.ExitCode : null, text, errors.Read().Text)
        {
            IsCut = isCut,
            Duration = time.GetElapsedTime(started),
            Failure = inTime
                ? exit.ExitCode is null
                    ? $"was {exit.Description}"
                    : null
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"took longer than {timeout.TotalSeconds:0.###} s and was stopped"
                ),
        };
    }

    private static async Task<(CommandExit Exit, bool InTime)> TalkAsync(
        PipedCommand piped,
        byte[] input,
        TextBeginning output,
        CancellationToken cancellationToken
    )
    {
        await using var toIt = piped.Input;
        await using var fromIt = piped.Output;
        // It need not read what it is told, nor stop talking: neither is waited for.
        var feeding = FeedAsync(toIt, input);
        var reading = ReadAsync(fromIt, output);
        CommandExit exit;
        var inTime = true;
        try
        {
            exit = await piped.Command.Completion.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            inTime = false;
            exit = await piped.Command.StopAsync();
        }

        var done = Task.WhenAll(feeding, reading);
        await ((Task)Task.WhenAny(done, Task.Delay(DrainLimit, CancellationToken.None))).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing
        );
        return (exit, inTime);
    }

    private static async Task FeedAsync(Stream input, byte[] bytes)
    {
        try
        {
            await input.WriteAsync(bytes, CancellationToken.None);
            await input.FlushAsync(CancellationToken.None);
            if (OperatingSystem.IsWindows())
            {
                input.Close();
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // It has ended without having read all.
        }
    }

    private static async Task ReadAsync(Stream output, TextBeginning text)
    {
        try
        {
            using var reader = new StreamReader(output, Encoding.UTF8, leaveOpen: true);
            var buffer = new char[8 * 1024];
            int length;
            while ((length = await reader.ReadAsync(buffer, CancellationToken.None)) > 0)
            {
                text.Add(new string(buffer, 0, length));
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // It has ended.
        }
    }

    /// <summary>
    /// The command with as much of its input as is meant for it: elsewhere than on Windows the end of the stream itself would
    /// mean to the supervisor that we are gone.
    /// </summary>
    private static string Fed(string command, byte[] input) =>
        OperatingSystem.IsWindows()
            ? command
            : string.Create(CultureInfo.InvariantCulture, $"head -c {input.Length} | (\n{command}\n)");
}
