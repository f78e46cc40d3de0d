using CsCheck;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Tests.Handlers.Workspaces;

public sealed class FileUriTests
{
    private static readonly string[] Hard = ["a", " ", "#", "?", "%", "é", "😀", "+", "&", ":"];

    [Theory]
    [InlineData("file:///home/u/a%20b.ts", "/home/u/a b.ts")]
    [InlineData("file:///home/u/100%25%23%3F.ts", "/home/u/100%#?.ts")]
    [InlineData("file:///home/u/%C3%A9.ts", "/home/u/é.ts")]
    [InlineData("FILE:///a", "/a")]
    [InlineData("untitled:Untitled-1", null)]
    [InlineData("git:/a.ts?x", null)]
    [InlineData("file://", null)]
    public void A_uri_becomes_a_path(string uri, string? path) =>
        Assert.Equal(path, FileUri.ToPath(uri, windows: false));

    [Theory]
    [InlineData("file:///c%3A/Users/u/a.ts", @"C:\Users\u\a.ts")]
    [InlineData("file:///C:/Users/u/a.ts", @"C:\Users\u\a.ts")]
    [InlineData("file://server/share/a.ts", @"\\server\share\a.ts")]
    public void A_windows_uri_becomes_a_windows_path(string uri, string path) =>
        Assert.Equal(path, FileUri.ToPath(uri, windows: true));

    [Fact]
    public void A_path_survives_the_way_there_and_back() =>
        Gen.Int[0, Hard.Length - 1]
            .Select(i => Hard[i])
            .Array[1, 8]
            .Select(string.Concat)
            .Array[1, 4]
            .Sample(parts =>
            {
                var unix = "/" + string.Join('/', parts);
                Assert.Equal(unix, FileUri.ToPath(FileUri.FromPath(unix, windows: false), windows: false));
                var windows = @"C:\" + string.Join('\\', parts);
                Assert.Equal(windows, FileUri.ToPath(FileUri.FromPath(windows, windows: true), windows: true));
            });

    [Fact]
    public void A_windows_path_is_written_as_the_editor_writes_it() =>
        Assert.Equal("file:///c%3A/a%20b.ts", FileUri.FromPath(@"C:\a b.ts", windows: true));
}
