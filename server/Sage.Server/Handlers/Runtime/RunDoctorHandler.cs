using System.Collections.Immutable;
using MediatR;
using Sage.Protocol.Runtime;
using Sage.Server.Cli.Doctor;
using Sage.Server.Handlers.LanguageModels;

namespace Sage.Server.Handlers.Runtime;

/// <summary>Looks at everything Sage needs, as <c>sage doctor</c> does, with the keys and the settings of the editor.</summary>
internal sealed class RunDoctorHandler(Examination examination, ConfiguredModels models)
    : IRequestHandler<RunDoctorParams, RunDoctorResult>
{
    public async Task<RunDoctorResult> Handle(RunDoctorParams request, CancellationToken cancellationToken)
    {
        await models.ApplySettingsAsync(cancellationToken);
        var findings = ImmutableArray.CreateBuilder<DoctorFinding>();
        await foreach (var finding in examination.ExamineAsync(online: false, cancellationToken))
        {
            findings.Add(new DoctorFinding(finding.Verdict, finding.Subject, finding.Text));
        }

        return new RunDoctorResult(findings.ToImmutable());
    }
}
