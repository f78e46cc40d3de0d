using Microsoft.Extensions.DependencyInjection;
using Sage.Agent.LanguageModels;
using Sage.Providers.Catalog;
using Sage.Sandbox.Commands;
using Sage.Server.Hosting;
using Sage.Storage;

namespace Sage.Server.Cli.Doctor;

/// <summary><c>sage doctor</c>: one line for each thing Sage needs, with what to do when it is missing.</summary>
internal static class DoctorCommand
{
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(
        Terminal terminal,
        CancellationToken cancellationToken,
        Action<IServiceCollection>? configure = null
    )
    {
        await using var services = SageHost.ForTerminal(
            new TerminalClient(new NullPrinter(), new RuleAllowance([])),
            new ProviderOptions(),
            configure
        );
        await using var output = new StreamWriter(terminal.Output, leaveOpen: true) { AutoFlush = true };
        var worst = Verdict.Ok;
        await foreach (var finding in ExamineAsync(services, cancellationToken))
        {
            await output.WriteLineAsync(finding.ToString());
            worst = finding.Verdict > worst ? finding.Verdict : worst;
        }

        return worst == Verdict.Fail ? ExitCodes.Failed : ExitCodes.Completed;
    }

    private static async IAsyncEnumerable<Finding> ExamineAsync(
        ServiceProvider services,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        yield return Checks.Version();
        yield return Checks.Runtime();
        yield return Checks.Home(services.GetRequiredService<SageHome>());
        yield return await Checks.ModelAsync(services.GetRequiredService<ILanguageModels>(), cancellationToken);
        yield return Checks.Program(
            "git",
            "git",
            "Sage works without it, but cannot tell what changed since a commit."
        );
        yield return Checks.Program("rg", "ripgrep", "In a terminal the built-in search is used, which is slower.");
        yield return await Checks.SupervisorAsync(services.GetRequiredService<CommandRunner>());
        yield return Checks.Sandbox();
    }

    private sealed class NullPrinter : EventPrinter
    {
        public override void Print(Protocol.Events.EventEnvelope envelope) { }

        public override ValueTask FlushAsync() => ValueTask.CompletedTask;
    }
}
