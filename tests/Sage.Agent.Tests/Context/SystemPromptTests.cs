using Sage.Agent.Context;
using Sage.Protocol.Permissions;
using Sage.TestKit;

namespace Sage.Agent.Tests.Context;

public sealed class SystemPromptTests
{
    [Theory]
    [InlineData(PermissionMode.Ask)]
    [InlineData(PermissionMode.AutoEdit)]
    [InlineData(PermissionMode.Plan)]
    [InlineData(PermissionMode.Full)]
    public void The_prompt_of_each_mode_changes_only_on_purpose(PermissionMode mode) =>
        GoldenFile.AssertMatches(
            $"system-prompt-{mode}.md",
            string.Join("\n\n", SystemPrompt.Sections(mode).Select(section => $"# {section.Title}\n{section.Text}"))
        );
}
