using System.Runtime.Versioning;
using Sage.Sandbox.Linux;
using Sage.Sandbox.Linux.Mounts;
using Sage.Sandbox.Walls;
using Sage.TestKit;

namespace Sage.Sandbox.Tests.Linux;

/// <summary>Which paths get which rights.</summary>
[SupportedOSPlatform("linux")]
public sealed class LandlockPlanTests : IDisposable
{
    private const int Newest = 7;

    private readonly TempFolder _folder = new();

    public LandlockPlanTests()
    {
        foreach (
            var file in new[]
            {
                "ws/readme",
                "ws/src/a",
                "ws/.git/HEAD",
                "ws/.git/config",
                "ws/.git/hooks/x",
                "ws/.git/refs/y",
                "home/notes",
                "home/.ssh/key",
            }
        )
        {
            _folder.Write(file, "x");
        }

        File.CreateSymbolicLink(_folder["home/link"], _folder["home/.ssh"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void With_mounts_a_workspace_is_given_as_a_whole()
    {
        var plan = Plan(FileWall.Mounts);

        Assert.Equal(
            LandlockAccess.Write | LandlockAccess.ReadFile,
            plan.Grants.First(grant => grant.Path == _folder["ws"]).Rights
        );
        Assert.DoesNotContain(plan.Grants, grant => PathTree.IsBelow(grant.Path, _folder["ws"]) && Writes(grant));
        Assert.Empty(plan.Closed.ToArray());
    }

    [Fact]
    public void Without_mounts_everything_beside_what_is_protected_is_given()
    {
        var plan = Plan(FileWall.Entries);

        Assert.Equal(
            [_folder["ws/.git/HEAD"], _folder["ws/.git/refs"], _folder["ws/readme"], _folder["ws/src"]],
            plan.Grants.Where(grant => Writes(grant) && PathTree.IsWithin(grant.Path, _folder["ws"]))
                .Select(grant => grant.Path)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal([_folder["ws"], _folder["ws/.git"]], plan.Closed.ToArray());
    }

    [Fact]
    public void A_file_gets_only_the_rights_that_files_have()
    {
        var plan = Plan(FileWall.Entries);

        Assert.All(
            plan.Grants.Where(grant => File.Exists(grant.Path)),
            grant => Assert.Equal(LandlockAccess.None, grant.Rights & ~LandlockAccess.OfFiles)
        );
    }

    [Theory]
    [InlineData(FileWall.Mounts)]
    [InlineData(FileWall.Entries)]
    public void No_grant_to_read_covers_a_secret_and_links_to_it_are_not_followed(FileWall protection)
    {
        var plan = Plan(protection);

        Assert.DoesNotContain(plan.Grants, grant => PathTree.IsWithin(_folder["home/.ssh/key"], grant.Path));
        Assert.DoesNotContain(plan.Grants, grant => grant.Path == _folder["home/link"]);
        Assert.Contains(
            plan.Grants,
            grant => grant == new LandlockGrant(_folder["home/notes"], LandlockAccess.ReadFile)
        );
    }

    [Theory]
    [InlineData(FileWall.Mounts)]
    [InlineData(FileWall.Entries)]
    public void Without_secrets_reading_is_not_held_back(FileWall protection)
    {
        var plan = LandlockPlan.For(
            RealWalls.Of(Walls with { Unreadable = [] }),
            NetworkAccess.Allowed,
            Newest,
            protection
        );

        Assert.False(plan.HeldBack.HasFlag(LandlockAccess.ReadFile));
        Assert.All(plan.Grants, grant => Assert.NotEqual(LandlockAccess.None, grant.Rights & ~LandlockAccess.ReadFile));
    }

    [Fact]
    public void No_folder_gives_devices_to_make_and_only_devices_can_be_controlled()
    {
        var plan = Plan(FileWall.Mounts);

        Assert.All(
            plan.Grants,
            grant =>
            {
                Assert.False(grant.Rights.HasFlag(LandlockAccess.MakeCharacterDevice));
                Assert.False(grant.Rights.HasFlag(LandlockAccess.MakeBlockDevice));
                Assert.Equal(
                    grant.Rights.HasFlag(LandlockAccess.DeviceControl),
                    grant.Path.StartsWith("/dev/", StringComparison.Ordinal)
                );
            }
        );
        Assert.True(plan.HeldBack.HasFlag(LandlockAccess.MakeBlockDevice | LandlockAccess.DeviceControl));
    }

    [Theory]
    [InlineData(1, "Refer, Truncate, DeviceControl")]
    [InlineData(2, "Truncate, DeviceControl")]
    [InlineData(3, "DeviceControl")]
    [InlineData(5, "None")]
    public void No_right_is_named_that_the_kernel_does_not_know(int version, string unknown)
    {
        var plan = LandlockPlan.For(RealWalls.Of(Walls), NetworkAccess.Off, version, FileWall.Entries);

        Assert.Equal(LandlockAccess.None, plan.HeldBack & Enum.Parse<LandlockAccess>(unknown));
        Assert.All(plan.Grants, grant => Assert.Equal(LandlockAccess.None, grant.Rights & ~plan.HeldBack));
        Assert.Equal(version >= 4, plan.NetworkOff);
    }

    [Fact]
    public void What_is_protected_has_every_folder_above_it_held_in_its_place()
    {
        var walls = RealWalls.Of(Walls with { Writable = [_folder.Root] });

        var plan = MountPlan.For(walls, ["/", "/proc", _folder["ws/src"]]);

        Assert.Equal(
            [
                _folder.Root,
                _folder["ws"],
                _folder["home"],
                _folder["ws/.git"],
                _folder["ws/.git/hooks"],
                _folder["ws/.git/config"],
            ],
            plan.Pinned.ToArray()
        );
        Assert.Equal(["/", "/proc", _folder["ws/.git/hooks"], _folder["ws/.git/config"]], plan.ReadOnly.ToArray());
        Assert.Equal([_folder["home/.ssh"]], plan.Hidden.ToArray());
    }

    [Fact]
    public void A_protected_link_holds_its_folder_and_where_it_leads()
    {
        Directory.Delete(_folder["ws/.git/hooks"], recursive: true);
        File.CreateSymbolicLink(_folder["ws/.git/hooks"], "../src");

        var plan = MountPlan.For(RealWalls.Of(Walls), []);

        Assert.Equal([_folder["ws/src"], _folder["ws/.git"], _folder["ws/.git/config"]], plan.ReadOnly.ToArray());
    }

    [Fact]
    public void The_mount_table_is_read_with_its_escapes_and_the_last_mount_of_a_place_counts()
    {
        var found = MountTable.Parse(
            """
            22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            23 22 0:5 / /proc rw - proc proc rw
            24 22 0:6 / /ro ro - tmpfs x rw
            25 22 0:7 / /with\040space rw master:1 - tmpfs x rw
            26 22 0:8 / /auto rw - autofs x rw
            27 22 0:9 / /twice rw - tmpfs x rw
            28 27 0:9 / /twice ro - tmpfs x rw
            broken
            """u8
        );

        Assert.Equal(["/", "/proc", "/with space"], found);
    }

    private CommandWalls Walls =>
        new()
        {
            Writable = [_folder["ws"]],
            Protected = [_folder["ws/.git/hooks"], _folder["ws/.git/config"], _folder["ws/.vscode"]],
            Unreadable = [_folder["home/.ssh"]],
        };

    private static bool Writes(LandlockGrant grant) => grant.Rights.HasFlag(LandlockAccess.WriteFile);

    private LandlockPlan Plan(FileWall protection) =>
        LandlockPlan.For(RealWalls.Of(Walls), NetworkAccess.Allowed, Newest, protection);
}
