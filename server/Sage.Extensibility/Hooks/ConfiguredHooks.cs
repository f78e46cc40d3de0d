using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging;
using Sage.Agent.Extensions;
using Sage.Agent.Hooks;
using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Hooks.Configuration;
using Sage.Extensibility.Hooks.Running;
using Sage.Protocol;
using Sage.Protocol.Hooks;
using Sage.Protocol.LanguageServer;
using Sage.Protocol.Permissions;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Walls;

namespace Sage.Extensibility.Hooks;

/// <summary>The hooks that the user configured, and those of the project that the user agreed to.</summary>
internal sealed class ConfiguredHooks(
    HookFiles files,
    IProjectConsents consents,
    IPermissionRules rules,
    WorkspaceTrust trust,
    CommandRunner runner,
    TimeProvider time,
    ILogger<ConfiguredHooks> log
) : IHooks, IProjectOffers
{
    // Of workspaces whose hooks were in force in this process.
    private readonly ConcurrentDictionary<string, bool> _agreed = new(StringComparer.Ordinal);

    public async Task<HookVerdict> RunAsync(
        HookEvent happened,
        Workspace workspace,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(happened);
        ArgumentNullException.ThrowIfNull(workspace);
        // Not even the user's own: what they run may obey files of the folder in which it runs.
        if (!trust.IsGranted)
        {
            return HookVerdict.None;
        }

        var config = files.Read(workspace);
        var meant = Active(config, workspace).Where(spec => spec.IsAbout(happened)).ToList();
        if (meant.Count == 0)
        {
            return HookVerdict.None;
        }

        var running = meant.Select(spec => AnswerAsync(spec, config, happened, workspace, cancellationToken));
        return new HookVerdict([.. await Task.WhenAll(running)]);
    }

    public ImmutableArray<string> ProblemsOf(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        if (!trust.IsGranted)
        {
            return [];
        }

        var config = files.Read(workspace);
        _ = Active(config, workspace);
        var problems = config
            .Problems.Where(static problem => !problem.IsForeign)
            .Select(static problem => problem.Text);
        return config.Offer is { } offer && _agreed.ContainsKey(workspace.Root) && !consents.IsGiven(workspace, offer)
            ?
            [
                .. problems,
                $"The hooks of this project ({offer.Place}) have changed since you agreed to them, so they do not run until you agree again.",
            ]
            : [.. problems];
    }

    public ImmutableArray<ProjectOffer> OffersOf(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return files.Read(workspace) is { Offer: { } offer, Options.Enabled: not false } ? [offer] : [];
    }

    public ListHooksResult List(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var config = files.Read(workspace);
        var hooks = config
            .Own.AddRange(config.OfProject)
            .OrderBy(static spec => spec.On)
            .Select(spec => Describe(spec, config, workspace));
        return new ListHooksResult([.. hooks], [.. config.Problems.Select(static problem => problem.Text)]);
    }

    public async Task<TestHookResult> TestAsync(string id, Workspace workspace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var config = files.Read(workspace);
        var spec =
            config.Own.AddRange(config.OfProject).FirstOrDefault(spec => spec.Id == id)
            ?? throw new SageException(
                ErrorCodes.InvalidParams,
                "This hook has changed or is gone. List the hooks again."
            );
        if (StateOf(spec, config, workspace) is var state and not HookState.Active)
        {
            throw new SageException(ErrorCodes.InvalidParams, Refusal(state));
        }

        var happened = SampleEvent.For(spec, workspace);
        var input = new HookInput(happened, workspace, spec.From.Dialect).ToBytes();
        var output = await RunAsync(spec, config, input, happened.Scene, workspace, cancellationToken);
        return new TestHookResult(
            Encoding.UTF8.GetString(input),
            output.Output,
            output.Errors,
            HookWords.Describe(new HookReply(spec, happened, workspace.Root).Read(output), spec.On),
            (long)output.Duration.TotalMilliseconds,
            output.ExitCode
        );
    }

    private ImmutableArray<HookSpec> Active(HookConfig config, Workspace workspace)
    {
        if (config.Options.Enabled == false)
        {
            return [];
        }

        if (config.Offer is not { } offer || !consents.IsGiven(workspace, offer))
        {
            return config.Own;
        }

        _agreed[workspace.Root] = true;
        return config.Own.AddRange(config.OfProject);
    }

    private async Task<HookAnswer> AnswerAsync(
        HookSpec spec,
        HookConfig config,
        HookEvent happened,
        Workspace workspace,
        CancellationToken cancellationToken
    )
    {
        var input = new HookInput(happened, workspace, spec.From.Dialect).ToBytes();
        var output = await RunAsync(spec, config, input, happened.Scene, workspace, cancellationToken);
        log.LogInformation(
            "A hook for {Moment} of {Place} ended with {ExitCode} after {Ms} ms",
            spec.On,
            spec.From.Place,
            output.ExitCode,
            (long)output.Duration.TotalMilliseconds
        );
        return new HookReply(spec, happened, workspace.Root).Read(output);
    }

    private Task<HookOutput> RunAsync(
        HookSpec spec,
        HookConfig config,
        byte[] input,
        HookScene scene,
        Workspace workspace,
        CancellationToken cancellationToken
    )
    {
        var command = new CommandSpec(spec.Command, workspace.Root)
        {
            Environment = ImmutableDictionary<string, string>
                .Empty.Add("SAGE_PROJECT_DIR", workspace.Root)
                .Add("CLAUDE_PROJECT_DIR", workspace.Root),
            Walls = WallsOf(spec, config, workspace),
        };
        return new HookProcess(runner, time).RunAsync(
            command,
            input,
            spec.Timeout,
            pid => scene.StartProcess(pid, $"hook: {spec.Name}"),
            cancellationToken
        );
    }

    private CommandWalls? WallsOf(HookSpec spec, HookConfig config, Workspace workspace)
    {
        var wish = rules.Read(workspace).Sandbox;
        if (!IsWalled(spec, config, wish, workspace))
        {
            return null;
        }

        var walls = WorkspaceWalls.Around(
            WallPlaces.Of(workspace.Root, config.Home),
            config.Options.Network == true ? NetworkAccess.Allowed : NetworkAccess.Off,
            RepositoryAccess.Commit
        );
        return walls with { Writable = [.. walls.Writable, .. wish.Writable] };
    }

    /// <summary>A script in the workspace is anybody's, also when the user's own hook names it: the model may just have written it.</summary>
    private static bool IsWalled(HookSpec spec, HookConfig config, SandboxWish wish, Workspace workspace) =>
        wish.Enabled
        && config.Options.Sandbox switch
        {
            HookSandbox.All => true,
            HookSandbox.None => false,
            _ => spec.From.IsOfProject || NamedFiles.AreIn(workspace, spec.Command),
        };

    private HookSummary Describe(HookSpec spec, HookConfig config, Workspace workspace) =>
        new(
            spec.Id,
            spec.On,
            spec.Command,
            spec.From.Place,
            StateOf(spec, config, workspace),
            spec.Timeout.TotalSeconds,
            IsWalled(spec, config, rules.Read(workspace).Sandbox, workspace),
            spec.Matcher.Pattern,
            spec.From.Path
        );

    private HookState StateOf(HookSpec spec, HookConfig config, Workspace workspace) =>
        !trust.IsGranted ? HookState.NotTrusted
        : config.Options.Enabled == false ? HookState.Off
        : spec.From.IsOfProject && !(config.Offer is { } offer && consents.IsGiven(workspace, offer))
            ? HookState.NotAgreed
        : HookState.Active;

    private static string Refusal(HookState state) =>
        state switch
        {
            HookState.NotTrusted => "No hook runs in a workspace that is not trusted.",
            HookState.Off => "Hooks are switched off in your settings (hookSettings.enabled).",
            _ => "This hook is the project's, and you have not agreed to it as it is. Agree to it in the panel first.",
        };
}
