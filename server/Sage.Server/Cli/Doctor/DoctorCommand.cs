using Microsoft.Extensions.DependencyInjection;
using Sage.Protocol.Runtime;

namespace Sage.Server.Cli.Doctor;

/// <summary><c>sage doctor</c>: one line for each thing Sage needs, with what to do when it is missing.</summary>
internal static class DoctorCommand
{
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(
        Terminal terminal,
        DiagnosisOptions options,
        CancellationToken cancellationToken,
        Action<IServiceCollection>? configure = null
    )
    {
        await using var diagnosis = new Diagnosis(options, configure);
        await using var output = new StreamWriter(terminal.Output, leaveOpen: true) { AutoFlush = true };
        var worst = DoctorVerdict.Ok;
        await foreach (var finding in diagnosis.ExamineAsync(cancellationToken))
        {
            await output.WriteLineAsync(finding.ToString());
            worst = finding.Verdict > worst ? finding.Verdict : worst;
        }

        return worst == DoctorVerdict.Fail ? ExitCodes.Failed : ExitCodes.Completed;
    }
}
