using System.Text;
using Sage.TestKit;
using Sage.Tools.Files.Disk;

namespace Sage.Tools.Tests.Files.Disk;

/// <summary>
/// The moment between the look at a path and its use: what was a folder or a file when the guard looked is a link when it is
/// used. Only Linux can be told not to follow it.
/// </summary>
public sealed class SwappedPathTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _file;

    public SwappedPathTests()
    {
        _folder.Write("outside/a.txt", "outside");
        _file = _folder.Write("inside/sub/a.txt", "inside");
    }

    public static TheoryData<string> Uses =>
        ["read", "write", "write in place", "create", "delete", "move away", "move there"];

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task A_folder_that_became_a_link_leads_nobody_out(string use)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Directory.Move(_folder["inside/sub"], _folder["inside/was"]);
        Directory.CreateSymbolicLink(_folder["inside/sub"], _folder["outside"]);

        var error = await Assert.ThrowsAnyAsync<IOException>(() => UseAsync(use));

        Assert.Contains("symbolic link", error.Message, StringComparison.Ordinal);
        AssertOutsideIsUntouched();
    }

    [Theory]
    [InlineData("read")]
    [InlineData("write in place")]
    public async Task A_file_that_became_a_link_is_not_followed(string use)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        File.Delete(_file);
        File.CreateSymbolicLink(_file, _folder["outside/a.txt"]);

        await Assert.ThrowsAnyAsync<IOException>(() => UseAsync(use));

        AssertOutsideIsUntouched();
    }

    [Theory]
    [InlineData("write")]
    [InlineData("delete")]
    public async Task A_link_in_the_place_of_a_file_goes_and_what_it_leads_to_stays(string use)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        File.Delete(_file);
        File.CreateSymbolicLink(_file, _folder["outside/a.txt"]);

        await UseAsync(use);

        AssertOutsideIsUntouched();
        Assert.Null(new FileInfo(_file).LinkTarget);
    }

    [Fact]
    public async Task A_folder_that_is_swapped_while_a_file_is_written_gets_nothing()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var pinned = PinnedFolder.Of(_file);
        Directory.Move(_folder["inside/sub"], _folder["inside/was"]);
        Directory.CreateSymbolicLink(_folder["inside/sub"], _folder["outside"]);

        await File.WriteAllTextAsync(pinned[_file], "new");

        AssertOutsideIsUntouched();
        Assert.Equal("new", _folder.Read("inside/was/a.txt"));
    }

    [Fact]
    public async Task Failures_name_the_path_that_people_know()
    {
        Directory.CreateDirectory(_folder["inside/sub/b.txt"]);

        var error = await Assert.ThrowsAnyAsync<Exception>(() =>
            AtomicFile.WriteAsync(_folder["inside/sub/b.txt"], [1], CancellationToken.None)
        );

        Assert.DoesNotContain("/proc/", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_said_as_always()
    {
        Assert.Throws<FileNotFoundException>(() => RealFile.OpenRead(_folder["inside/none"]));
        Assert.ThrowsAny<IOException>(() => RealFile.OpenRead(_folder["none/none"]));
    }

    public void Dispose() => _folder.Dispose();

    private Task UseAsync(string use)
    {
        var bytes = Encoding.UTF8.GetBytes("changed");
        switch (use)
        {
            case "read":
                return RealFile.ReadAllBytesAsync(_file, CancellationToken.None);
            case "write":
                return AtomicFile.WriteAsync(_file, bytes, CancellationToken.None);
            case "write in place":
                return InPlaceFile.WriteAsync(_file, bytes, CancellationToken.None);
            case "create":
                return AtomicFile.WriteAsync(_folder["inside/sub/new.txt"], bytes, CancellationToken.None);
            case "delete":
                RealFile.Delete(_file);
                return Task.CompletedTask;
            case "move away":
                RealFile.Move(_file, _folder["inside/b.txt"]);
                return Task.CompletedTask;
            default:
                File.WriteAllText(_folder["inside/b.txt"], "b");
                RealFile.Move(_folder["inside/b.txt"], _folder["inside/sub/b.txt"]);
                return Task.CompletedTask;
        }
    }

    private void AssertOutsideIsUntouched()
    {
        Assert.Equal(["a.txt"], Directory.GetFileSystemEntries(_folder["outside"]).Select(Path.GetFileName));
        Assert.Equal("outside", _folder.Read("outside/a.txt"));
    }
}
