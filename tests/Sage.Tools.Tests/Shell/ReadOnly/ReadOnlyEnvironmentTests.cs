using System.Collections.Immutable;
using Sage.Tools.Shell.ReadOnly;

namespace Sage.Tools.Tests.Shell.ReadOnly;

public sealed class ReadOnlyEnvironmentTests
{
    [Fact]
    public void Files_of_the_workspace_cannot_take_the_place_of_a_command()
    {
        var changed = For(("PATH", "node_modules/.bin:/usr/bin:.::/work/space/bin:/work/spaceship/bin:/bin"));

        Assert.Equal("/usr/bin:/work/spaceship/bin:/bin", changed["PATH"]);
    }

    [Fact]
    public void What_would_run_before_or_instead_of_the_command_is_emptied()
    {
        var changed = For(("BASH_FUNC_ls%%", "() { rm a; }"), ("HOME", "/home/me"));

        Assert.Equal("", changed["BASH_FUNC_ls%%"]);
        Assert.Equal(
            ["", "", "", ""],
            new[] { "BASH_ENV", "ENV", "CDPATH", "RIPGREP_CONFIG_PATH" }.Select(name => changed[name])
        );
        Assert.False(changed.ContainsKey("HOME"));
        Assert.False(changed.ContainsKey("PATH"));
    }

    private static ImmutableDictionary<string, string> For(params (string Name, string Value)[] variables) =>
        ReadOnlyEnvironment.For(
            variables.ToDictionary(variable => variable.Name, variable => variable.Value),
            "/work/space"
        );
}
