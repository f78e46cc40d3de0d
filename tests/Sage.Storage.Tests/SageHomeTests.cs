using Microsoft.Extensions.DependencyInjection;
using Sage.Agent.Extensions;
using Sage.Protocol;

namespace Sage.Storage.Tests;

public sealed class SageHomeTests
{
    [Fact]
    public void The_variable_wins_over_the_users_folder() =>
        Assert.Equal(Path.GetFullPath("/data/sage"), SageHome.Resolve("/data/sage/", "/home/ada").Root);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Without_the_variable_it_is_in_the_users_folder(string? variable) =>
        Assert.Equal(
            Path.Combine(Path.GetFullPath("/home/ada"), ".sage"),
            SageHome.Resolve(variable, Path.GetFullPath("/home/ada")).Root
        );

    [Fact]
    public void A_user_without_a_folder_is_told_what_to_set()
    {
        var error = Assert.Throws<SageException>(() => SageHome.Resolve(null, ""));

        Assert.Equal(ErrorCodes.StorageFailed, error.Code);
        Assert.Contains("SAGE_HOME", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relative_variable_means_the_current_folder() =>
        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "mine"), SageHome.Resolve("mine", "/home/ada").Root);

    [Fact]
    public async Task Everything_that_is_registered_can_be_made_and_touches_no_disk()
    {
        using var home = new TemporaryHome();
        await using var services = new ServiceCollection()
            .AddSageStorage(home.Home)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        Assert.NotNull(services.GetRequiredService<IJournals>());
        Assert.Equal(home.Home.Spill, services.GetRequiredService<ISpillFiles>().Root);
        Assert.False(Directory.Exists(home.Home.Root));
    }
}
