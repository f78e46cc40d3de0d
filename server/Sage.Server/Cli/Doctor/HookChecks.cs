using System.Collections.Immutable;
using System.Globalization;
using Sage.Agent.Hooks;
using Sage.Protocol;
using Sage.Protocol.Hooks;
using Sage.Protocol.Runtime;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Cli.Doctor;

/// <summary>Looks at the files in which hooks stand; runs none.</summary>
internal static class HookChecks
{
    public static Finding Files(IHooks hooks)
    {
        const string subject = "hooks";
        try
        {
            var (found, problems) = hooks.List(WorkspaceFolderPath.Open(Environment.CurrentDirectory));
            return problems.IsEmpty
                ? new Finding(DoctorVerdict.Ok, subject, Count(found))
                : new Finding(DoctorVerdict.Warn, subject, $"{Count(found)}. {string.Join(' ', problems)}");
        }
        catch (SageException error)
        {
            return new Finding(DoctorVerdict.Warn, subject, error.Message);
        }
    }

    private static string Count(ImmutableArray<HookSummary> hooks)
    {
        var active = hooks.Count(static hook => hook.State == HookState.Active);
        var waiting = hooks.Count(static hook => hook.State == HookState.NotAgreed);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{active} run in this folder{(waiting == 0 ? "" : $"; {waiting} of the project do not, because you have not agreed to them")}"
        );
    }
}
