using Sage.Sandbox.Commands;

namespace Sage.Sandbox.Tests.Commands;

public sealed class EnvironmentScrubTests
{
    [Theory]
    [InlineData("OPENAI_API_KEY", true)]
    [InlineData("anthropic_api_key", true)]
    [InlineData("ANTHROPIC_AUTH_TOKEN", true)]
    [InlineData("SAGE_HOME", true)]
    [InlineData("PATH", false)]
    [InlineData("API_KEY_FILE", false)]
    [InlineData("MESSAGE", false)]
    public void Model_keys_and_our_own_variables_match(string name, bool expected) =>
        Assert.Equal(expected, EnvironmentScrub.Default.Matches(name));

    [Fact]
    public void What_matches_is_removed_and_the_rest_stays()
    {
        var environment = new Dictionary<string, string?> { ["X_API_KEY"] = "1", ["HOME"] = "/home/me" };

        EnvironmentScrub.Default.Apply(environment);

        Assert.Equal(["HOME"], environment.Keys);
    }
}
