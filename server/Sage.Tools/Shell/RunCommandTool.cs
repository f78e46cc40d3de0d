using System.Collections.Immutable;
using System.ComponentModel;
using System.Text;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Sandbox.Commands;
using Sage.Tools.Files;
using Sage.Tools.Schemas;
using Sage.Tools.Shell.ReadOnly;

namespace Sage.Tools.Shell;

internal sealed record RunCommandInput(
    [property: Description("Command line for the user's shell. There is no terminal and no input.")] string Command,
    [property: Description("Folder to run in; the workspace root by default.")] string? Cwd = null,
    [property: Description("Seconds, at most 600.")] int TimeoutS = RunCommandTool.DefaultTimeoutS
);

/// <summary>Runs a shell command; what it starts ends with it, and with the call.</summary>
internal sealed class RunCommandTool(CommandRunner runner, WorkspacePaths paths, ISpillFiles spill, TimeProvider time)
    : Tool<RunCommandInput>(
        Name,
        "Run a shell command and wait for it; output and errors come together, in order. "
            + "When it ends, everything it started in the background is ended too.",
        ToolInputJson.Default.RunCommandInput,
        TimeSpan.FromSeconds(DefaultTimeoutS),
        Budget
    )
{
    public const int DefaultTimeoutS = 120;

    private const string Name = "run_command";
    private const int MaximumTimeoutS = 600;
    private const int Budget = 30_000;

    // The rest of the budget is for what is said about the output.
    private const int OutputBudget = Budget - 1_000;

    // One argument of a process may have 128 KB.
    private const int LongestCommand = 120_000;

    // After its own timeout the tool still has to end the tree; only then the pipeline's would be right.
    private static readonly TimeSpan StopAllowance = TimeSpan.FromSeconds(30);

    private static readonly ImmutableDictionary<string, string> Unattended = ImmutableDictionary<string, string>
        .Empty.Add("GIT_TERMINAL_PROMPT", "0")
        .Add("GIT_PAGER", "cat")
        .Add("PAGER", "cat");

    protected override Preparation PrepareCall(RunCommandInput input, ToolContext context)
    {
        if (Mistake(input) is { } mistake)
        {
            return new Preparation.Rejected(mistake);
        }

        if (!WorkspacePaths.TryAbsolute(context.Workspace, input.Cwd ?? ".", out var folder, out var error))
        {
            return new Preparation.Rejected(error);
        }

        var root = context.Workspace.Root;
        if (!WorkspacePaths.IsWithin(root, folder))
        {
            return new Preparation.Rejected(
                $"`cwd` {folder} is outside the workspace {root}. Leave it out, and begin the command with cd."
            );
        }

        var command = input.Command.Trim();
        var proof = ReadOnlyProof.TryFind(command, folder, root, spill.Root);
        var call = new ShellCall(command, folder, TimeSpan.FromSeconds(input.TimeoutS), proof);
        return new Preparation.Accepted(
            new PreparedCall(
                TitleOf(command),
                proof?.Access ?? ResourceAccess.WritesEverything,
                new PermissionKey(proof is null ? PermissionKind.Execute : PermissionKind.Read, RuleOf(call, root)),
                token => RunAsync(call, context, token)
            )
            {
                Timeout = call.Timeout + StopAllowance,
            }
        );
    }

    private static string? Mistake(RunCommandInput input) =>
        string.IsNullOrWhiteSpace(input.Command) ? "`command` is empty."
        : input.Command.Contains('\0') ? "`command` holds a NUL character."
        : Encoding.UTF8.GetByteCount(input.Command) > LongestCommand
            ? "`command` is longer than 120,000 bytes. Write it to a file and run that."
        : input.TimeoutS is < 1 or > MaximumTimeoutS ? $"`timeout_s` must be from 1 to {MaximumTimeoutS}."
        : null;

    private static string TitleOf(string command)
    {
        const int longest = 200;
        var end = command.AsSpan().IndexOfAny('\r', '\n');
        var line = end < 0 ? command : command[..end] + " …";
        return line.Length <= longest ? line : line[..longest] + "…";
    }

    // Written so that the rule, as a command at the root, would do the same: a grant cannot be stretched to another folder.
    private static string RuleOf(ShellCall call, string root) =>
        call.Folder == root
            ? $"{Name}({call.Command})"
            : $"{Name}(cd '{call.Folder.Replace("'", "'\\''", StringComparison.Ordinal)}' && {call.Command})";

    private async Task<ToolResult> RunAsync(ShellCall call, ToolContext context, CancellationToken cancellationToken)
    {
        if (!paths.TryForReading(context.Workspace, call.Folder, out var folder, out var refusal))
        {
            return refusal;
        }

        // The proof is about words; only now is it known where symbolic links lead.
        if (call.Proof?.FindRefusal(paths, context.Workspace) is { } changed)
        {
            return changed;
        }

        if (!Directory.Exists(folder))
        {
            return ToolResult.Error(
                $"There is no folder {context.Workspace.Display(call.Folder)} to run the command in."
            );
        }

        cancellationToken.ThrowIfCancellationRequested();
        var spec = new CommandSpec(call.Command, folder) { Environment = EnvironmentOf(call, context) };
        return await RunAsync(spec, call.Timeout, context, cancellationToken);
    }

    private static ImmutableDictionary<string, string> EnvironmentOf(ShellCall call, ToolContext context) =>
        call.Proof is null
            ? Unattended
            : Unattended.SetItems(
                ReadOnlyEnvironment.For(Environment.GetEnvironmentVariables(), context.Workspace.Root)
            );

    private async Task<ToolResult> RunAsync(
        CommandSpec spec,
        TimeSpan timeout,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        await using var output = new CommandOutput(
            OutputBudget,
            () => SpillFile.Open(spill, context.SessionId, context.CallId)
        );
        var live = new LiveOutput(context.Output, time);
        using var timer = new CancellationTokenSource(timeout, time);
        CommandExit exit;
        StopCause cause;
        try
        {
            var command = await runner.StartAsync(
                spec,
                async text =>
                {
                    await output.AddAsync(text);
                    await live.AddAsync(text);
                }
            );
            using var shown = context.StartProcess(command.Pid, TitleOf(spec.Command));
            using var kill = context.Kill.Register(() => command.StopAsync());
            (exit, cause) = await WaitAsync(command, timer.Token, cancellationToken);
        }
        catch (CommandStartException e)
        {
            return ToolResult.Error(e.Message);
        }
        finally
        {
            await live.DisposeAsync();
        }

        if (cause == StopCause.Cancelled)
        {
            CommandReport.Stopped(exit).ForEach(context.ReportStopped);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return CommandReport.Result(await output.FinishAsync(), exit, cause == StopCause.TimedOut ? timeout : null);
    }

    private static async Task<(CommandExit Exit, StopCause Cause)> WaitAsync(
        RunningCommand command,
        CancellationToken timedOut,
        CancellationToken cancellationToken
    )
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timedOut);
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = either.Token.Register(stop.SetResult);
        if (await Task.WhenAny(command.Completion, stop.Task) == command.Completion)
        {
            return (await command.Completion, StopCause.None);
        }

        var cause = cancellationToken.IsCancellationRequested ? StopCause.Cancelled : StopCause.TimedOut;
        return (await command.StopAsync(), cause);
    }

    private enum StopCause
    {
        None,
        TimedOut,
        Cancelled,
    }

    private sealed record ShellCall(string Command, string Folder, TimeSpan Timeout, ReadOnlyProof? Proof);
}
