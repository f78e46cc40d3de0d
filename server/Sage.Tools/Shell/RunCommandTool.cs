using System.Collections.Immutable;
using System.ComponentModel;
using System.Text;
using Sage.Agent.BackgroundWork;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.Secrets;
using Sage.Agent.ShellLanguage;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Sandbox.Commands;
using Sage.Tools.Checkpoints.Commands;
using Sage.Tools.Files;
using Sage.Tools.Schemas;
using Sage.Tools.Shell.Background;
using Sage.Tools.Shell.Dangers;
using Sage.Tools.Shell.Output;
using Sage.Tools.Shell.ReadOnly;

namespace Sage.Tools.Shell;

internal sealed record RunCommandInput(
    [property: Description("Command line for the user's shell. There is no terminal and no input.")] string Command,
    [property: Description("Folder to run in; the workspace root by default.")] string? Cwd = null,
    [property: Description("Seconds until it is stopped, at most 600; 120 by default, none in the background.")]
        int? TimeoutS = null,
    [property: Description("Do not wait: for servers and watchers. Gives an id for command_output and stop_command.")]
        bool Background = false,
    [property: Description("Without the sandbox; asks the user.")] bool OutsideSandbox = false
);

/// <summary>Runs a shell command. What it starts ends with it, and it ends with the call unless it goes on in the background.</summary>
internal sealed class RunCommandTool(
    CommandRunner runner,
    WorkspacePaths paths,
    ISpillFiles spill,
    CommandCheckpoints checkpoints,
    CommandSandbox sandbox,
    TimeProvider time
)
    : Tool<RunCommandInput>(
        Name,
        "Run a shell command and wait for it; output and errors come together, in order. "
            + "When its shell ends, whatever it left running is ended too.",
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

    // Nobody is there to answer, to page, or to close an editor.
    private static readonly ImmutableDictionary<string, string> Unattended = ImmutableDictionary<string, string>
        .Empty.Add("GIT_TERMINAL_PROMPT", "0")
        .Add("GIT_EDITOR", "true")
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
        var parsed = ShellParser.Parse(command);
        var proof = ReadOnlyProof.TryFind(parsed, folder, root, spill.Root);
        var timeout = TimeSpan.FromSeconds(input.TimeoutS ?? DefaultTimeoutS);
        var call = new ShellCall(command, parsed, folder, timeout, input.Background, input.OutsideSandbox, proof);
        return new Preparation.Accepted(
            new PreparedCall(
                TitleOf(command),
                proof?.Access ?? ResourceAccess.WritesEverything,
                PermissionOf(call, context.Workspace),
                token => RunAsync(call, context, token)
            )
            {
                Timeout = call.Timeout + StopAllowance,
                PreflightAsync = proof is null ? _ => Task.FromResult(Look(call, context.Workspace)) : null,
            }
        );
    }

    private PermissionKey PermissionOf(ShellCall call, Workspace workspace) =>
        PermissionKey.OfCommand(
            call.Proof is null ? PermissionKind.Execute : PermissionKind.Read,
            Name,
            LineAtRoot(call, workspace.Root),
            ShellPrograms.KindsOf(UserShell.Current),
            part =>
                part == call.Command
                    ? call.Proof is not null
                    : ReadOnlyProof.TryFind(part, call.Folder, workspace.Root, spill.Root) is not null,
            call.Folder == workspace.Root ? call.Parsed : null
        ) with
        {
            Reads = call.Proof is null ? [] : [.. call.Proof.Named.Select(workspace.Display)],
        };

    private static Preflight Look(ShellCall call, Workspace workspace)
    {
        var danger = CommandDangers.Here.Find(call.Parsed, call.Folder, workspace);
        return Preflight.None with
        {
            Danger =
                call.OutsideSandbox && danger is not { Level: DangerLevel.Grave } ? CommandSandbox.Leaving : danger,
        };
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
    private static string LineAtRoot(ShellCall call, string root) =>
        call.Folder == root
            ? call.Command
            : $"cd '{call.Folder.Replace("'", "'\\''", StringComparison.Ordinal)}' && {call.Command}";

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
        var spec = SpecOf(call, folder, context);
        try
        {
            return call.Background
                ? await StartInBackgroundAsync(spec, context)
                : await AttendAsync(spec, call, context, cancellationToken);
        }
        catch (IOException e)
        {
            return ToolResult.Error(
                $"What is in the workspace could not be kept, so the command was not run. {e.Message}"
            );
        }
        catch (CommandStartException e)
        {
            return ToolResult.Error(e.Message);
        }
    }

    private CommandSpec SpecOf(ShellCall call, string folder, ToolContext context) =>
        new(call.Command, folder)
        {
            Environment = EnvironmentOf(call, context),
            Walls = call.Proof is null ? sandbox.WallsOf(context.Workspace, context.Consent) : null,
        };

    private static ImmutableDictionary<string, string> EnvironmentOf(ShellCall call, ToolContext context) =>
        call.Proof is null
            ? Unattended
            : Unattended.SetItems(
                ReadOnlyEnvironment.For(Environment.GetEnvironmentVariables(), context.Workspace.Root)
            );

    private async Task<ToolResult> StartInBackgroundAsync(CommandSpec spec, ToolContext context)
    {
        if (context.Background.Running.Count() >= BackgroundTasks.Limit)
        {
            return ToolResult.Error(
                $"{BackgroundTasks.Limit} commands run in the background, which is the most. Stop one: "
                    + $"{TaskReport.Names(context.Background.Running)}."
            );
        }

        context.Reads.NoteCommand();
        // Its first words wait until it has an id by which they can be told.
        var registered = new TaskCompletionSource<BackgroundTask>(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = await StartAsync(spec, context, async text => await (await registered.Task).ShowAsync(text));
        return TaskReport.Started(await DetachAsync(run, spec, context, registered));
    }

    /// <summary>What is proven to change nothing is not looked after.</summary>
    private async Task<ToolResult> AttendAsync(
        CommandSpec spec,
        ShellCall call,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        var checkpoint = call.Proof is null ? await checkpoints.BeginAsync(context, cancellationToken) : null;
        var result = await AttendAsync(spec, call.Timeout, context, cancellationToken);
        return checkpoint is null ? result : result with { Events = await checkpoint.FindChangesAsync() };
    }

    private async Task<ToolResult> AttendAsync(
        CommandSpec spec,
        TimeSpan timeout,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        using var offer = context.Background.Offer(context.CallId);
        using var watch = new CommandWatch(timeout, offer.Requested, time);
        var run = await StartAsync(spec, context, context.Output);
        using var shown = context.StartProcess(run.Pid, TitleOf(spec.Command));
        var end = await watch.WaitAsync(run, cancellationToken);
        if (end == WatchEnd.Moved)
        {
            var task = await DetachAsync(run, spec, context, registered: null);
            offer.Accept(task);
            return TaskReport.Moved(task, run.TakeOutput());
        }

        var silence = run.Silence;
        await using var kill = context.Kill.Register(run.Stop);
        var exit = await (end == WatchEnd.Ended ? run.Ended : run.StopAsync());
        if (end == WatchEnd.Cancelled)
        {
            CommandReport.Stopped(exit).ForEach(context.ReportStopped);
        }

        var output = run.TakeOutput();
        return end switch
        {
            WatchEnd.Cancelled => CommandReport.Cancelled(output, exit),
            WatchEnd.TimedOut => CommandReport.TimedOut(output, timeout, silence),
            WatchEnd.WaitsForInput => CommandReport.WaitedForInput(output, watch.InputWait!, exit),
            _ => CommandReport.Ended(output, exit, CommandSandbox.Notes(spec.Walls, run.Walls, exit, output)),
        };
    }

    private Task<CommandRun> StartAsync(CommandSpec spec, ToolContext context, Func<string, ValueTask> audience)
    {
        var output = new CommandOutput(OutputBudget, () => SpillFile.Open(spill, context.SessionId, context.CallId));
        var feed = new CommandFeed(output, new SecretStream(context.Secrets), audience, time);
        return CommandRun.StartAsync(runner, spec, feed);
    }

    private static async Task<BackgroundTask> DetachAsync(
        CommandRun run,
        CommandSpec spec,
        ToolContext context,
        TaskCompletionSource<BackgroundTask>? registered
    )
    {
        var task = await context.Background.AddAsync(context.CallId, TitleOf(spec.Command), run);
        registered?.SetResult(task);
        run.Detach(task.ShowAsync);
        return task;
    }

    private sealed record ShellCall(
        string Command,
        ShellParse Parsed,
        string Folder,
        TimeSpan Timeout,
        bool Background,
        bool OutsideSandbox,
        ReadOnlyProof? Proof
    );
}
