using Sage.Extensibility.Memory;
using Sage.TestKit;

namespace Sage.Extensibility.Tests.Memory;

public sealed class GitFolderTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_folder_without_git_is_in_none() => Assert.False(GitFolder.IsAbove(_temp.Root));

    [Fact]
    public void A_folder_inside_a_repository_belongs_to_it()
    {
        _temp.Write(".git/HEAD", "ref: refs/heads/main\n");
        _temp.Write("packages/app/a.ts", "");

        Assert.True(GitFolder.IsAbove(_temp["packages/app"]));
    }

    [Fact]
    public void A_worktree_has_a_file_instead_of_a_folder()
    {
        _temp.Write("work/.git", "gitdir: ../elsewhere/worktrees/one\n");

        Assert.True(GitFolder.IsAbove(_temp["work"]));
    }
}
