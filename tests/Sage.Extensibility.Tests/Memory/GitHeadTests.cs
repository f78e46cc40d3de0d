using Sage.Extensibility.Memory;
using Sage.TestKit;

namespace Sage.Extensibility.Tests.Memory;

public sealed class GitHeadTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_folder_without_git_is_none() => Assert.Equal("not a git repository", GitHead.Describe(_temp.Root));

    [Theory]
    [InlineData("ref: refs/heads/main\n", "a git repository, on branch main")]
    [InlineData("ref: refs/heads/feature/deep\n", "a git repository, on branch feature/deep")]
    [InlineData("0123456789abcdef0123456789abcdef01234567\n", "a git repository, at commit 0123456789 (detached)")]
    [InlineData("ref: refs/heads/a\u001bb\n", "a git repository, on branch a?b")]
    [InlineData("ref: refs/remotes/x\n", "a git repository")]
    [InlineData("", "a git repository")]
    [InlineData("something else", "a git repository")]
    public void The_head_is_read_without_running_git(string head, string expected)
    {
        _temp.Write(".git/HEAD", head);

        Assert.Equal(expected, GitHead.Describe(_temp.Root));
    }

    [Fact]
    public void A_folder_inside_a_repository_belongs_to_it()
    {
        _temp.Write(".git/HEAD", "ref: refs/heads/main\n");
        _temp.Write("packages/app/a.ts", "");

        Assert.Equal("a git repository, on branch main", GitHead.Describe(_temp["packages/app"]));
    }

    [Theory]
    [InlineData("gitdir: ../elsewhere/worktrees/one\n")]
    [InlineData("gitdir: ABSOLUTE\n")]
    public void A_worktree_is_followed_to_its_own_head(string pointer)
    {
        _temp.Write("elsewhere/worktrees/one/HEAD", "ref: refs/heads/one\n");
        _temp.Write(
            "work/.git",
            pointer.Replace("ABSOLUTE", _temp["elsewhere/worktrees/one"], StringComparison.Ordinal)
        );

        Assert.Equal("a git repository, on branch one", GitHead.Describe(_temp["work"]));
    }

    [Fact]
    public void A_head_that_cannot_be_read_is_said()
    {
        _temp.Write(".git/HEAD/folder", "");

        Assert.Equal("a git repository that cannot be read", GitHead.Describe(_temp.Root));
    }
}
