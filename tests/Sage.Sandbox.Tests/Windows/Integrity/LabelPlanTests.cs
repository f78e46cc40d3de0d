using Sage.Sandbox.Walls;
using Sage.Sandbox.Windows.Integrity;

namespace Sage.Sandbox.Tests.Windows.Integrity;

public sealed class LabelPlanTests
{
    private const string Workspace = @"C:\Users\ada\work\shop";
    private const string Temporary = @"C:\Users\ada\AppData\Local\Temp\sage-commands";

    private static readonly string[] s_guarded = [@"C:\Users\ada", @"C:\Windows", @"C:\Program Files", ""];

    [Fact]
    public void What_is_writable_is_low_and_what_is_protected_in_it_is_not()
    {
        var plan = Plan(
            [Workspace, Temporary],
            [Workspace + @"\.git\hooks", Workspace + @"\.git\config", Workspace + "/.vscode"]
        );

        Assert.Equal([Workspace, Temporary], plan.Low.ToArray());
        Assert.Equal(
            [Workspace + @"\.git\hooks", Workspace + @"\.git\config", Workspace + @"\.vscode"],
            plan.Medium.ToArray()
        );
    }

    [Fact]
    public void What_is_protected_stays_where_it_is_with_every_folder_on_the_way()
    {
        var module = Workspace + @"\.git\modules\lib\hooks";

        var plan = Plan([Workspace], [Workspace + @"\.git\hooks", module]);

        Assert.Equal(
            [
                Workspace + @"\.git",
                Workspace + @"\.git\modules",
                Workspace + @"\.git\modules\lib",
                Workspace + @"\.git\hooks",
                module,
            ],
            plan.Held.ToArray()
        );
    }

    [Fact]
    public void What_is_not_there_is_left_out()
    {
        var plan = LabelPlan.For(
            new CommandWalls { Writable = [Workspace, "/dev/shm"], Protected = [Workspace + @"\.sage"] },
            s_guarded,
            path => path == Workspace
        );

        Assert.Equal([Workspace], plan.Low.ToArray());
        Assert.Empty(plan.Medium);
        Assert.Empty(plan.Held);
    }

    [Fact]
    public void What_is_protected_elsewhere_needs_nothing()
    {
        var plan = Plan([Workspace], [Workspace + @"-backup\.git\hooks"]);

        Assert.Empty(plan.Medium);
    }

    [Theory]
    [InlineData(@"C:\")]
    [InlineData("C:")]
    [InlineData(@"c:\users")]
    [InlineData(@"C:\Users\ADA\")]
    [InlineData("C:/Users/ada")]
    [InlineData(@"C:\Windows")]
    public void A_folder_that_holds_more_than_work_is_not_opened(string root)
    {
        var refusal = Assert.Throws<UnwallableException>(() => Plan([root], []));

        Assert.Contains("holds more than a workspace", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_user_s_own_folder_is_one_like_others() =>
        Assert.Equal([@"C:\Users\ada\x"], Plan([@"C:\Users\ada\x\"], []).Low.ToArray());

    private static LabelPlan Plan(string[] writable, string[] isProtected) =>
        LabelPlan.For(
            new CommandWalls { Writable = [.. writable], Protected = [.. isProtected] },
            s_guarded,
            _ => true
        );
}
