using Sage.Protocol;
using Sage.Protocol.Events;
using Sage.Storage.Journals;

namespace Sage.Storage.Tests.Journals;

public sealed class FailingDiskTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    [Theory]
    [InlineData(Truncation.Works)]
    [InlineData(Truncation.FailsOnce)]
    public async Task A_line_that_did_not_fit_leaves_no_trace(Truncation truncation)
    {
        var file = new FullDisk(Path.Combine(_home.Folder, "s1.jsonl"));
        await using (var journal = new FileJournal(file, length: 0, Stream.Null))
        {
            journal.Append(new Notice("one").Numbered(1));
            // More than the next line will cover.
            (file.Room, file.Truncation) = (400, truncation);
            var error = Assert.Throws<IOException>(() => journal.Append(new Notice(new string('x', 500)).Numbered(2)));
            Assert.Contains("disk is full", error.Message, StringComparison.Ordinal);
            Assert.Contains(file.Name, error.Message, StringComparison.Ordinal);

            file.Room = int.MaxValue;
            journal.Append(new Notice("two").Numbered(2));
        }

        var (texts, end) = await ReadAsync(file.Name);
        Assert.Equal(["one", "two"], texts);
        Assert.Equal(LastLine.Whole, end);
    }

    [Fact]
    public async Task Half_a_line_that_could_not_be_taken_back_is_cut_by_the_next_reader()
    {
        var file = new FullDisk(Path.Combine(_home.Folder, "s1.jsonl"));
        await using (var journal = new FileJournal(file, length: 0, Stream.Null))
        {
            journal.Append(new Notice("one").Numbered(1));
            (file.Room, file.Truncation) = (25, Truncation.FailsOnce);
            Assert.Throws<IOException>(() => journal.Append(new Notice("two").Numbered(2)));
        }

        var (texts, end) = await ReadAsync(file.Name);
        Assert.Equal(["one"], texts);
        Assert.Equal(LastLine.Damaged, end);
    }

    [Fact]
    public void A_device_without_space_is_reported_as_a_full_disk()
    {
        if (OperatingSystem.IsLinux())
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
            var journal = new FileJournal(full, length: 0, Stream.Null);

            var error = Assert.Throws<IOException>(() => journal.Append(new Notice("one").Numbered(1)));

            Assert.Contains("disk is full", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_home_that_cannot_be_made_is_the_users_to_mend()
    {
        await File.WriteAllTextAsync(_home.Home.Root, "a file where the folder should be");

        var error = Assert.Throws<SageException>(() => _home.Journals.Create(_home.Workspace, "s1"));

        Assert.Equal(ErrorCodes.StorageFailed, error.Code);
        Assert.Contains(_home.Home.Root, error.Message, StringComparison.Ordinal);
        Assert.Empty(await _home.Journals.ListAsync(_home.Workspace, 10, default));
        Assert.Null(await _home.Journals.OpenAsync(_home.Workspace, "s1", new CollectedEvents(), default));
    }

    [Theory]
    [InlineData(28, "disk is full")]
    [InlineData(30, "read-only")]
    [InlineData(122, "quota")]
    public void A_system_error_is_said_in_words(int errno, string words)
    {
        if (!OperatingSystem.IsWindows())
        {
            var error = StorageFailures.ToClient(new IOException("errno", errno), "/home/ada/.sage");
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_forbidden_place_is_said_in_words()
    {
        var error = StorageFailures.ToClient(new UnauthorizedAccessException("EACCES"), "/home/ada/.sage");

        Assert.Contains("permissions", error.Message, StringComparison.Ordinal);
        Assert.Contains("SAGE_HOME", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();

    private static async Task<(IEnumerable<string> Texts, LastLine End)> ReadAsync(string path)
    {
        using var file = File.OpenHandle(path);
        var state = new CollectedEvents();
        var contents = await JournalReader.ReadAsync(file, state, default);
        return (state.Events.Select(e => ((Notice)e.Event).Text), contents.LastLine);
    }

    /// <summary>What happens when the half-written line is to be removed.</summary>
    public enum Truncation
    {
        Works,
        FailsOnce,
    }

    /// <summary>A file on a disk with so much room left.</summary>
    private sealed class FullDisk(string path)
        : FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0)
    {
        public int Room { get; set; } = int.MaxValue;

        public Truncation Truncation { get; set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var fits = Math.Min(Room, buffer.Length);
            base.Write(buffer[..fits].ToArray(), 0, fits);
            if (fits < buffer.Length)
            {
                throw new IOException("No space left on device", 28);
            }
        }

        public override void SetLength(long value)
        {
            if (Truncation is Truncation.FailsOnce)
            {
                Truncation = Truncation.Works;
                throw new IOException("Input/output error", 5);
            }
            base.SetLength(value);
        }
    }
}
