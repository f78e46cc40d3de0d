using System.Runtime.Versioning;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Tests.Walls;

/// <summary>Real attempts to change something outside of the workspace.</summary>
[SupportedOSPlatform("linux")]
public sealed class WritingOutsideTests
{
    [Theory]
    [InlineData("echo mine > $OUT/file")]
    [InlineData("echo mine >> ../outside/file")]
    [InlineData("cd /; echo mine > $OUT/file")]
    [InlineData("cd ../outside && echo mine > file")]
    [InlineData("ln -s $OUT link && echo mine > link/file")]
    [InlineData("ln -s $OUT/file link && echo mine > link")]
    [InlineData("ln $OUT/file hard && echo mine > hard")]
    [InlineData("echo mine > new && mv new $OUT/file")]
    [InlineData("echo mine > new && mv new $OUT/new")]
    [InlineData("echo mine > new && ln new $OUT/new")]
    [InlineData("mv -T $OUT stolen")]
    [InlineData("cp --reflink=auto readme $OUT/file")]
    [InlineData("truncate -s 0 $OUT/file")]
    [InlineData("dd if=readme of=$OUT/file conv=notrunc status=none")]
    [InlineData("rm -f $OUT/file")]
    [InlineData("rmdir $OUT/empty")]
    [InlineData("mkdir $OUT/new")]
    [InlineData("mkfifo $OUT/new")]
    [InlineData("mknod $OUT/new p")]
    [InlineData("ln -s x $OUT/new")]
    [InlineData("chmod 777 $OUT/file")]
    [InlineData("chown 12345 $OUT/file")]
    [InlineData("touch -d 2001-01-01 $OUT/file")]
    [InlineData("setfacl -m u:nobody:rwx $OUT/file || setfattr -n user.x -v y $OUT/file")]
    [InlineData("echo alias x=y >> $HOME/.profile")]
    [InlineData("echo mine > $SAGE_FOLDER/sessions/journal.jsonl")]
    [InlineData("mv $SAGE_FOLDER/sessions here")]
    public async Task Nothing_outside_changes(string command)
    {
        using var workspace = new WalledWorkspace();
        Directory.CreateDirectory(Path.Join(workspace.Root, "outside/empty"));
        var before = Snapshot(workspace);

        var run = await workspace.RunAsync(command);

        Assert.Equal(before, Snapshot(workspace));
        Assert.False(run.Worked, run.Output);
        Assert.Equal(FileWall.Mounts, run.Walls.Files);
        Assert.Empty(run.Walls.Missing);
    }

    [Fact]
    public async Task Nothing_outside_is_taken_into_the_workspace()
    {
        using var workspace = new WalledWorkspace();

        var run = await workspace.RunAsync("mv $OUT/file mine || ln $OUT/file mine");

        Assert.False(run.Worked, run.Output);
        Assert.Equal("as it was\n", workspace.Read("outside/file"));
    }

    [Theory]
    [InlineData("mknod device c 1 5")]
    [InlineData("mknod device b 8 0")]
    public async Task No_device_is_made_in_the_workspace(string command)
    {
        using var workspace = new WalledWorkspace();

        var run = await workspace.RunAsync(command);

        Assert.False(run.Worked, run.Output);
    }

    private static List<string> Snapshot(WalledWorkspace workspace) =>
        [
            .. new[] { "outside", "home", "sage" }
                .SelectMany(folder =>
                    new DirectoryInfo(Path.Join(workspace.Root, folder)).EnumerateFileSystemInfos(
                        "*",
                        SearchOption.AllDirectories
                    )
                )
                .Select(entry =>
                    $"{entry.FullName} {entry.UnixFileMode} {entry.LastWriteTimeUtc.Ticks} "
                    + (entry is FileInfo file ? File.ReadAllText(file.FullName) : "")
                )
                .Order(StringComparer.Ordinal),
        ];
}
