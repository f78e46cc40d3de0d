using Sage.Protocol.Turns;
using Sage.TestKit.Fakes;
using Sage.Tools.Files;

namespace Sage.Tools.Tests.Files;

public sealed class AttachmentReaderTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Text_is_attached_as_the_user_sees_it()
    {
        _bench.Editor.Open(_bench.Write("src/a.ts", "on disk\n"), "one\r\ntyped\r\n", DocumentState.Dirty);
        Assert.Equal(
            new SelectionPart("src/a.ts", 1, 2, "one\r\ntyped\r\n", WholeFile: true),
            await ReadAsync("src/a.ts")
        );
    }

    [Fact]
    public async Task An_image_is_attached_as_an_image()
    {
        _bench.Write("a.gif", "GIF89a...");
        Assert.Equal("image/gif", Assert.IsType<ImagePart>(await ReadAsync("a.gif")).MediaType);
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("missing.ts")]
    [InlineData("a.bin")]
    [InlineData("long.txt")]
    [InlineData("../outside.txt")]
    [InlineData("")]
    public async Task What_the_model_had_better_look_at_itself_stays_a_path(string path)
    {
        Directory.CreateDirectory(_bench.PathOf("folder"));
        _bench.Write("a.bin", [0, 1, 2]);
        _bench.Write("long.txt", new string('x', 100_000));
        File.WriteAllText(Path.Combine(_bench.Outside, "outside.txt"), "secret");
        Assert.Equal(new FilePart(path), await ReadAsync(path));
    }

    private Task<InputPart> ReadAsync(string path) =>
        new AttachmentReader(_bench.Files).ReadAsync(new FilePart(path), _bench.Workspace, CancellationToken.None);
}
