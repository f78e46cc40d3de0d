using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Sage.Agent.Commands;
using Sage.Agent.Extensions;
using Sage.Agent.LanguageModels;
using Sage.Agent.Sessions;
using Sage.Agent.Turns;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;
using Sage.Providers.Catalog;
using Sage.Sandbox.Walls;
using Sage.Server.Handlers.Settings;
using Sage.Server.Handlers.Workspaces;
using Sage.Server.Hosting;
using Sage.Server.Telemetry;
using Sage.Storage.Permissions;
using Sage.Storage.Settings;

namespace Sage.Server.Cli;

/// <summary><c>sage exec</c>: one turn of the same agent, without an editor.</summary>
internal sealed class ExecCommand(ExecOptions options, Terminal terminal, Action<IServiceCollection>? configure = null)
{
    private static readonly TimeSpan ShutdownTakes = TimeSpan.FromSeconds(2);

    /// <returns>The exit code of the process.</returns>
    public async Task<int> RunAsync()
    {
        using var interrupted = new CancellationTokenSource();
        using var signals = new ShutdownSignals(() => Interrupt(interrupted));
        try
        {
            if (options.FindProblem() is { } problem)
            {
                throw Usage(problem);
            }

            var prompt = await ReadPromptAsync(interrupted.Token);
            return await RunAsync(prompt, interrupted.Token);
        }
        catch (SageException e)
        {
            await terminal.Error.WriteLineAsync($"sage: {e.Message}");
            return ExitCodes.Of(e);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    // A second signal means: now.
    private static void Interrupt(CancellationTokenSource interrupted)
    {
        if (interrupted.IsCancellationRequested)
        {
            Environment.Exit(ExitCodes.Interrupted);
        }

        interrupted.Cancel();
    }

    private async Task<int> RunAsync(string prompt, CancellationToken cancellationToken)
    {
        using var telemetry = TelemetryExport.Start();
        var output = new OutputPump(terminal.Output);
        var client = new TerminalClient(Printer(output));
        var services = SageHost.ForTerminal(client, configure);
        try
        {
            AllowOnCommandLine(services.GetRequiredService<PermissionFiles>());
            var workspace = WorkspaceFolderPath.Open(options.Cwd ?? Environment.CurrentDirectory);
            ChatCommands.Refuse(prompt, services.GetRequiredService<ICommands>(), workspace);
            SettleOffers(services, workspace);
            var saved = services.GetRequiredService<SettingsFile>().Read();
            services.GetRequiredService<IProviderSettings>().Apply(ModelSettings.Providers(Named(), saved));
            await RefuseUnknownPriceAsync(services.GetRequiredService<ILanguageModels>(), cancellationToken);
            WarnAboutFullMode();
            var sessions = services.GetRequiredService<SessionRegistry>();
            var session = await OpenSessionAsync(sessions, workspace, cancellationToken);
            var request = new RunTurnParams(session.Id, [new TextPart(prompt)], options.Mode);
            var result = await session.RunTurnAsync(
                request,
                Limits(ModelSettings.Limits(new SageConfiguration().Over(saved))),
                cancellationToken
            );
            return ExitCodes.Of(result.Outcome);
        }
        finally
        {
            await client.FlushAsync();
            var ending = Task.WhenAll(services.DisposeAsync().AsTask(), output.FinishAsync());
            await Task.WhenAny(ending, Task.Delay(ShutdownTakes, CancellationToken.None));
        }
    }

    private ProviderOptions Named() =>
        new()
        {
            Provider = options.Provider,
            BaseUrl = options.BaseUrl,
            Model = options.Model,
        };

    private TurnLimits Limits(TurnLimits saved) =>
        new(
            options.MaxSteps ?? saved.MaxSteps,
            options.MaxTokens ?? saved.MaxTokens,
            options.MaxMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : saved.MaxDuration,
            options.MaxCost ?? saved.MaxCost,
            saved.MaxSessionCost
        )
        {
            LeavesNothingRunning = true,
        };

    private async Task RefuseUnknownPriceAsync(ILanguageModels models, CancellationToken cancellationToken)
    {
        if (options.MaxCost is null)
        {
            return;
        }

        var model = await models.ResolveAsync(null, cancellationToken);
        if (model.Price is null)
        {
            throw Usage(
                $"--max-cost: the price of {model.Id} is not known. Set it in settings.json under prices, or use --max-tokens."
            );
        }
    }

    private EventPrinter Printer(OutputPump output) =>
        options.Json ? new JsonPrinter(output.Writer) : new TextPrinter(output.Writer, terminal.Error);

    private async Task<string> ReadPromptAsync(CancellationToken cancellationToken)
    {
        var prompt = options.Prompt;
        if (prompt == "-")
        {
            using var reader = new StreamReader(terminal.Input);
            prompt = await Task.Run(reader.ReadToEnd, CancellationToken.None).WaitAsync(cancellationToken);
        }

        return string.IsNullOrWhiteSpace(prompt) ? throw Usage("the prompt is empty.") : prompt;
    }

    private async Task<Session> OpenSessionAsync(
        SessionRegistry sessions,
        Workspace workspace,
        CancellationToken cancellationToken
    )
    {
        if (options.Resume is { } id)
        {
            return await sessions.OpenAsync(workspace, id, cancellationToken);
        }

        if (!options.Continue)
        {
            return await sessions.CreateAsync(workspace, cancellationToken);
        }

        return await sessions.ListAsync(workspace, limit: 1, cancellationToken) is [var newest, ..]
            ? await sessions.OpenAsync(workspace, newest.SessionId, cancellationToken)
            : throw Usage($"--continue: there is no session of {workspace.Root} yet.");
    }

    private void AllowOnCommandLine(PermissionFiles rules)
    {
        if (rules.AllowOnCommandLine(options.Allow) is { } wrong)
        {
            throw Usage(
                $"--allow {wrong}: write a tool's name (edit_file), or a tool and a pattern (run_command(npm test *))."
            );
        }
    }

    /// <summary>Nobody can be asked here, so the command line says it, or what the project offers stays unused.</summary>
    private void SettleOffers(IServiceProvider services, Workspace workspace)
    {
        var consents = services.GetRequiredService<IProjectConsents>();
        var offers = services
            .GetServices<IProjectOffers>()
            .SelectMany(source => source.OffersOf(workspace).AsEnumerable())
            .ToImmutableArray();
        if (options.TrustProject)
        {
            // What is there now: what a model writes into these files later is another offer.
            consents.GiveForThisRun(workspace, offers);
            return;
        }

        foreach (var offer in offers.Where(offer => !options.Json && consents.IsOpen(workspace, offer)))
        {
            terminal.Error.WriteLine(
                $"sage: {offer.Place} has {Describe(offer.Kind)} that you have not agreed to; they are not used. --trust-project uses them for this run."
            );
        }
    }

    private static string Describe(string kind) => kind == "mcp" ? "MCP servers" : kind;

    private void WarnAboutFullMode()
    {
        if (options.Mode == PermissionMode.Full && SandboxSupport.OfThisComputer.Missing is { IsEmpty: false } missing)
        {
            terminal.Error.WriteLine(
                $"sage: --mode full runs every command without asking, and not all walls stand here. {string.Join(' ', missing)}"
            );
        }
    }

    private static SageException Usage(string message) => new(ErrorCodes.InvalidParams, message);
}
