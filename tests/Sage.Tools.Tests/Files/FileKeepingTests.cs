using System.Diagnostics;
using System.Text;
using Sage.Tools.Files.Disk;

namespace Sage.Tools.Tests.Files;

/// <summary>What a file is besides its text stays as it was: names, links, mode, owner.</summary>
public sealed class FileKeepingTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_file_with_two_names_is_edited_under_both_and_nothing_is_left_beside_it()
    {
        var one = _bench.Write("one.txt", "a\nb\n");
        var two = Link(one, "two.txt");
        Assert.Equal(2u, FileStatus.Of(one)!.Value.Links);

        await AtomicFile.WriteAsync(one, "shorter"u8.ToArray(), CancellationToken.None);

        Assert.Equal("shorter", File.ReadAllText(two));
        Assert.Equal(2u, FileStatus.Of(two)!.Value.Links);
        Assert.Equal([one, two], Directory.GetFileSystemEntries(_bench.Workspace.Root).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_write_in_place_that_fails_half_way_is_put_back()
    {
        var path = _bench.Write("a.txt", "what it held\n");
        await Assert.ThrowsAsync<IOException>(() =>
            InPlaceFile.WriteAsync(
                path,
                async stream =>
                {
                    await stream.WriteAsync(Encoding.UTF8.GetBytes("half of something that is longer"));
                    throw new IOException("No space left on device");
                },
                CancellationToken.None
            )
        );
        Assert.Equal("what it held\n", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_bench.Workspace.Root));
    }

    [Fact]
    public async Task A_copy_that_could_not_be_put_back_is_named()
    {
        var path = _bench.Write("a.txt", "what it held\n");
        var error = await Assert.ThrowsAsync<IOException>(() =>
            InPlaceFile.WriteAsync(
                path,
                _ =>
                {
                    File.Delete(path);
                    Directory.CreateDirectory(path);
                    throw new IOException("No space left on device");
                },
                CancellationToken.None
            )
        );
        Assert.Contains(
            "No space left on device The file could not be put back",
            error.Message,
            StringComparison.Ordinal
        );
        var copy = Assert.Single(Directory.GetFiles(_bench.Workspace.Root));
        Assert.Contains(copy, error.Message, StringComparison.Ordinal);
        Assert.Equal("what it held\n", File.ReadAllText(copy));
    }

    [Fact]
    public async Task A_write_that_was_stopped_before_it_began_changes_nothing()
    {
        var one = _bench.Write("one.txt", "a");
        Link(one, "two.txt");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            AtomicFile.WriteAsync(one, [1], new CancellationToken(canceled: true))
        );
        Assert.Equal("a", File.ReadAllText(one));
        Assert.Equal(2, Directory.GetFileSystemEntries(_bench.Workspace.Root).Length);
    }

    [Fact]
    public async Task A_file_with_one_name_is_replaced_whole_so_that_who_has_it_open_keeps_the_old_one()
    {
        var path = _bench.Write("a.txt", "old");
        using var open = new StreamReader(path);
        await AtomicFile.WriteAsync(path, "new"u8.ToArray(), CancellationToken.None);
        Assert.Equal("old", await open.ReadToEndAsync());
        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void The_owner_is_known()
    {
        var status = FileStatus.Of(_bench.Write("a.txt", "a"));
        Assert.NotNull(status);
        Assert.True(status.Value.BelongsLike(FileStatus.Of(_bench.Write("b.txt", "b"))!.Value));
        Assert.Equal(1u, status.Value.Links);
    }

    private string Link(string path, string name)
    {
        var link = _bench.PathOf(name);
        using var ln = OperatingSystem.IsWindows()
            ? Process.Start("cmd.exe", ["/c", "mklink", "/H", link, path])
            : Process.Start("ln", [path, link]);
        ln.WaitForExit();
        return link;
    }
}
