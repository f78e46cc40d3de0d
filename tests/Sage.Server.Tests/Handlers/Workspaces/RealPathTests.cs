using Sage.Protocol;
using Sage.Server.Handlers.Workspaces;
using Sage.TestKit;

namespace Sage.Server.Tests.Handlers.Workspaces;

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

    [Fact]
    public void A_workspace_has_to_be_a_folder_that_exists()
    {
        var file = _folder.Write("a.txt", "");

        Assert.Equal(_folder.Root, WorkspaceFolderPath.Open(_folder.Root + Path.DirectorySeparatorChar).Root);
        Assert.Contains("is a file", Refused(file), StringComparison.Ordinal);
        Assert.Contains("does not exist", Refused(_folder["nowhere"]), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Refused(string path)
    {
        var error = Assert.Throws<SageException>(() => WorkspaceFolderPath.Open(path));
        Assert.Equal(ErrorCodes.NoWorkspace, error.Code);
        return error.Message;
    }
}
