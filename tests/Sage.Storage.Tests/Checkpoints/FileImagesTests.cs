using System.Text;
using Microsoft.Extensions.Time.Testing;
using Sage.Agent.Extensions;
using Sage.Protocol.Events;
using Sage.Storage.Checkpoints;

namespace Sage.Storage.Tests.Checkpoints;

public sealed class FileImagesTests : IDisposable
{
    private readonly TemporaryHome _home = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task What_is_kept_comes_back_byte_by_byte(int length)
    {
        using var images = new FileImages(_home.Home, _time);
        var bytes = new byte[length];
        new Random(4).NextBytes(bytes);

        var image = await images.KeepAsync("s1", bytes, 0x1A4, CancellationToken.None);

        Assert.Equal((length, 0x1A4), ((int)image!.Size, image.Mode));
        Assert.Equal(bytes, await images.ReadAsync("s1", image, CancellationToken.None));
    }

    [Fact]
    public async Task The_same_bytes_take_room_once_and_nobody_else_can_read_them()
    {
        using var images = new FileImages(_home.Home, _time);
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("one line like another\n", 5_000)));

        await images.KeepAsync("s1", text, null, CancellationToken.None);
        await images.KeepAsync("s1", text, null, CancellationToken.None);

        var file = new FileInfo(Assert.Single(Files()));
        Assert.InRange(file.Length, 1, text.Length / 20);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
        }
    }

    [Fact]
    public async Task What_is_too_large_is_not_kept()
    {
        using var images = new FileImages(_home.Home, _time);

        Assert.Null(await images.KeepAsync("s1", new byte[IFileImages.Largest + 1], null, CancellationToken.None));

        Assert.False(Directory.Exists(_home.Home.Checkpoints));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no brotli at all")]
    public async Task What_was_damaged_on_the_disk_is_not_taken_for_what_was_kept(string damage)
    {
        using var images = new FileImages(_home.Home, _time);
        var image = await images.KeepAsync("s1", "precious"u8.ToArray(), null, CancellationToken.None);
        await File.WriteAllTextAsync(Assert.Single(Files()), damage);

        Assert.Null(await images.ReadAsync("s1", image!, CancellationToken.None));
    }

    [Fact]
    public async Task What_another_session_kept_or_nobody_did_is_not_there()
    {
        using var images = new FileImages(_home.Home, _time);
        var image = await images.KeepAsync("s1", "precious"u8.ToArray(), null, CancellationToken.None);

        Assert.Null(await images.ReadAsync("s2", image!, CancellationToken.None));
        Assert.Null(await images.ReadAsync("s1", new FileImage("../../settings", 4), CancellationToken.None));
    }

    [Fact]
    public async Task What_nobody_kept_for_a_month_is_removed_and_so_is_what_is_too_much()
    {
        using var images = new FileImages(_home.Home, _time, mostBytes: 12);
        var old = await images.KeepAsync("s1", "old"u8.ToArray(), null, CancellationToken.None);
        File.SetLastWriteTimeUtc(Files().Single(), (_time.GetUtcNow() - TimeSpan.FromDays(31)).UtcDateTime);
        var kept = await images.KeepAsync("s2", "kept"u8.ToArray(), null, CancellationToken.None);
        foreach (var file in Files().Where(file => file.Contains("s2", StringComparison.Ordinal)))
        {
            File.SetLastWriteTimeUtc(file, _time.GetUtcNow().UtcDateTime);
        }

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await images.ReadAsync("s1", old!, CancellationToken.None));
        Assert.NotNull(await images.ReadAsync("s2", kept!, CancellationToken.None));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_an_IOException_that_names_it()
    {
        await File.WriteAllTextAsync(_home.Home.Root, "a file where the folder should be");
        using var images = new FileImages(_home.Home, _time);

        var error = await Assert.ThrowsAnyAsync<IOException>(async () =>
            await images.KeepAsync("s1", "x"u8.ToArray(), null, CancellationToken.None)
        );

        Assert.Contains(_home.Home.Root, error.Message, StringComparison.Ordinal);
    }

    private string[] Files() =>
        Directory.Exists(_home.Home.Checkpoints)
            ? Directory.GetFiles(_home.Home.Checkpoints, "*", SearchOption.AllDirectories)
            : [];
}
