using MediatR;
using Sage.Agent.Skills;
using Sage.Protocol;
using Sage.Protocol.Skills;

namespace Sage.Server.Handlers.Skills;

/// <summary>What extensions bring holds from the next turn on.</summary>
internal sealed class ContributeSkillsHandler(ExtensionSkills skills) : IRequestHandler<ContributeSkillsParams, Done>
{
    public Task<Done> Handle(ContributeSkillsParams request, CancellationToken cancellationToken)
    {
        skills.All = request.Skills.IsDefault ? [] : request.Skills;
        return Task.FromResult(Done.Value);
    }
}
