using Sage.Protocol;
using Sage.Server.Handlers.Workspaces;
using Sage.TestKit;

namespace Sage.Server.Tests.Handlers.Workspaces;

public sealed class WorkspaceFolderPathTests : IDisposable
{
    private readonly TempFolder _folder = new();

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
