using System.Runtime.CompilerServices;
using Sage.Agent.Hooks;
using Sage.Agent.LanguageModels;
using Sage.Providers.Catalog;
using Sage.Sandbox.Commands;
using Sage.Storage;
using Sage.Storage.Settings;

namespace Sage.Server.Cli.Doctor;

/// <summary>Looks at everything Sage needs, one finding after the other, as it stands in this process.</summary>
internal sealed class Examination(
    SageHome home,
    SettingsFile settings,
    ILanguageModels models,
    IModelConnections connections,
    CommandRunner runner,
    IHooks hooks
)
{
    /// <param name="online">Whether the model may be asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<Finding> ExamineAsync(
        bool online,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        yield return Checks.Version();
        yield return Checks.Runtime();
        yield return Checks.Computer();
        yield return Checks.Home(home);
        yield return Checks.Settings(settings).Finding;
        await foreach (var finding in new ModelChecks(models, connections).ExamineAsync(online, cancellationToken))
        {
            yield return finding;
        }

        yield return Checks.Program(
            "git",
            "git",
            "Sage works without it, but cannot tell what changed since a commit."
        );
        yield return Checks.Program("rg", "ripgrep", "In a terminal the built-in search is used, which is slower.");
        yield return await Checks.SupervisorAsync(runner);
        yield return await Checks.SandboxAsync(runner, cancellationToken);
        yield return HookChecks.Files(hooks);
        yield return Checks.Telemetry();
    }
}
