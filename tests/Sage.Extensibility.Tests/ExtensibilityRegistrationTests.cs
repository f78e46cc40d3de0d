using Microsoft.Extensions.DependencyInjection;
using Sage.Agent.Extensions;

namespace Sage.Extensibility.Tests;

public sealed class ExtensibilityRegistrationTests
{
    [Fact]
    public void Rules_come_before_skills_then_come_sub_agents_and_facts()
    {
        var services = new ServiceCollection().AddSageExtensibility();

        Assert.Equal(
            ["RuleFiles", "SkillList", "SubagentList", "WorkspaceFacts"],
            services
                .Where(service => service.ServiceType == typeof(IPromptSource))
                .Select(service => service.ImplementationType!.Name)
        );
    }
}
