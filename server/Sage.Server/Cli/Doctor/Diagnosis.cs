using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Sage.Agent.LanguageModels;
using Sage.Providers.Catalog;
using Sage.Sandbox.Commands;
using Sage.Server.Hosting;
using Sage.Storage;

namespace Sage.Server.Cli.Doctor;

/// <summary>Looks at everything Sage needs, one finding after the other; no session is opened for it.</summary>
internal sealed class Diagnosis(Action<IServiceCollection>? configure = null) : IAsyncDisposable
{
    private readonly ServiceProvider _services = SageHost.ForTerminal(
        new TerminalClient(new NullPrinter(), new RuleAllowance([])),
        new ProviderOptions(),
        configure
    );

    /// <summary>What Sage is made of here; gone with the diagnosis.</summary>
    public IServiceProvider Services => _services;

    public async IAsyncEnumerable<Finding> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Checks.Version();
        yield return Checks.Runtime();
        yield return Checks.Computer();
        yield return Checks.Home(_services.GetRequiredService<SageHome>());
        yield return await Checks.ModelAsync(_services.GetRequiredService<ILanguageModels>(), cancellationToken);
        yield return Checks.Program(
            "git",
            "git",
            "Sage works without it, but cannot tell what changed since a commit."
        );
        yield return Checks.Program("rg", "ripgrep", "In a terminal the built-in search is used, which is slower.");
        yield return await Checks.SupervisorAsync(_services.GetRequiredService<CommandRunner>());
        yield return Checks.Sandbox();
        yield return Checks.Telemetry();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class NullPrinter : EventPrinter
    {
        public override void Print(Protocol.Events.EventEnvelope envelope) { }

        public override ValueTask FlushAsync() => ValueTask.CompletedTask;
    }
}
