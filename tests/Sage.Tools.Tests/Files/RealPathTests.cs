using Sage.TestKit;
using Sage.Tools.Files;

namespace Sage.Tools.Tests.Files;

public sealed class RealPathTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Links_in_the_middle_and_at_the_end_are_resolved()
    {
        var file = _folder.Write("real/deep/a.txt", "");
        Directory.CreateSymbolicLink(_folder["folder"], _folder["real"]);
        File.CreateSymbolicLink(_folder["real/relative.txt"], "deep/../deep/a.txt");

        Assert.Equal(file, RealPath.Resolve(_folder["folder/deep/a.txt"]));
        Assert.Equal(file, RealPath.Resolve(_folder["folder/relative.txt"]));
    }

    [Fact]
    public void What_does_not_exist_keeps_its_name()
    {
        Directory.CreateSymbolicLink(_folder["folder"], _folder.Root);

        Assert.Equal(_folder["new/b.txt"], RealPath.Resolve(_folder["folder/new/b.txt"]));
    }

    [Fact]
    public void A_circle_of_links_ends()
    {
        File.CreateSymbolicLink(_folder["a"], _folder["b"]);
        File.CreateSymbolicLink(_folder["b"], _folder["a"]);

        Assert.StartsWith(_folder.Root, RealPath.Resolve(_folder["a/x"]), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
