using System.Text;
using Microsoft.Extensions.Time.Testing;
using Sage.Storage.Spill;

namespace Sage.Storage.Tests.Spill;

public sealed class SpillFilesTests : IDisposable
{
    private readonly TemporaryHome _home = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task The_output_of_a_call_is_kept_whole_where_it_says()
    {
        using var spill = new SpillFiles(_home.Home, _time);

        var path = await WriteAsync(spill, "s1", "call_1", "all of it\n");

        Assert.Equal(Path.Combine(spill.Root, "s1", "call_1.txt"), path);
        Assert.Equal("all of it\n", await File.ReadAllTextAsync(path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task A_call_id_cannot_leave_the_folder_or_meet_another()
    {
        using var spill = new SpillFiles(_home.Home, _time);

        string[] ids = ["../../up", "..\\..\\up", "a/b", "a:b", "a b", "", "..", new string('x', 500), "a-b"];
        var paths = new List<string>();
        foreach (var id in ids)
        {
            paths.Add(await WriteAsync(spill, "../" + id, id, "x"));
        }

        Assert.All(paths, path => Assert.StartsWith(spill.Root + Path.DirectorySeparatorChar, Path.GetFullPath(path)));
        Assert.Equal(ids.Length, paths.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public async Task Outputs_older_than_a_week_are_removed_soon_after_the_start()
    {
        using (var earlier = new SpillFiles(_home.Home, _time))
        {
            Age(await WriteAsync(earlier, "gone", "c1", "x"), TimeSpan.FromDays(8));
            Age(await WriteAsync(earlier, "mixed", "c1", "x"), TimeSpan.FromDays(8));
            Age(await WriteAsync(earlier, "mixed", "c2", "x"), TimeSpan.FromDays(6));
        }

        using var spill = new SpillFiles(_home.Home, _time);
        Assert.Equal(3, FilesIn(spill).Count);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal([Path.Combine("mixed", "c2.txt")], FilesIn(spill));
        Assert.False(Directory.Exists(Path.Combine(spill.Root, "gone")));
    }

    [Fact]
    public async Task What_is_too_much_together_goes_from_the_oldest_on()
    {
        using var spill = new SpillFiles(_home.Home, _time, mostBytes: 250);
        for (var hours = 1; hours <= 5; hours++)
        {
            Age(await WriteAsync(spill, $"s{hours % 2}", $"c{hours}", new string('x', 100)), TimeSpan.FromHours(hours));
        }

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal([Path.Combine("s0", "c2.txt"), Path.Combine("s1", "c1.txt")], FilesIn(spill).Order());
    }

    [Fact]
    public async Task A_server_that_runs_for_weeks_cleans_up_all_the_time()
    {
        using var spill = new SpillFiles(_home.Home, _time);
        _time.Advance(TimeSpan.FromMinutes(1));
        Age(await WriteAsync(spill, "s1", "c1", "x"), TimeSpan.Zero);

        _time.Advance(TimeSpan.FromDays(6));
        Assert.Single(FilesIn(spill));
        _time.Advance(TimeSpan.FromDays(2));

        Assert.Empty(FilesIn(spill));
    }

    [Fact]
    public void Cleaning_up_where_nothing_was_ever_kept_is_quiet()
    {
        using var spill = new SpillFiles(_home.Home, _time);

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.False(Directory.Exists(spill.Root));
    }

    [Fact]
    public async Task A_link_in_the_folder_is_not_followed()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_home.Folder, "outside")).FullName;
        var precious = Path.Combine(outside, "precious.txt");
        await File.WriteAllTextAsync(precious, "x");
        Age(precious, TimeSpan.FromDays(30));
        using var spill = new SpillFiles(_home.Home, _time);
        Directory.CreateDirectory(spill.Root);
        Directory.CreateSymbolicLink(Path.Combine(spill.Root, "link"), outside);

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(File.Exists(precious));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_an_IOException_that_names_it()
    {
        await File.WriteAllTextAsync(_home.Home.Root, "a file where the folder should be");
        using var spill = new SpillFiles(_home.Home, _time);

        var error = Assert.ThrowsAny<IOException>(() => spill.Create("s1", "c1", out _));

        Assert.Contains(_home.Home.Root, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();

    private static async Task<string> WriteAsync(SpillFiles spill, string sessionId, string callId, string text)
    {
        await using var stream = spill.Create(sessionId, callId, out var path);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        return path;
    }

    private void Age(string path, TimeSpan age) =>
        File.SetLastWriteTimeUtc(path, (_time.GetUtcNow() - age).UtcDateTime);

    private static List<string> FilesIn(SpillFiles spill) =>
        [
            .. Directory
                .EnumerateFiles(spill.Root, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(spill.Root, path)),
        ];
}
