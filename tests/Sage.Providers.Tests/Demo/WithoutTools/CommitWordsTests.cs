using Sage.Providers.Demo.WithoutTools;

namespace Sage.Providers.Tests.Demo.WithoutTools;

public sealed class CommitWordsTests
{
    private const string Task = "\nWrite the message of this commit.";

    [Theory]
    [InlineData("diff --git a/src/cart.ts b/src/cart.ts\n+x", "Update cart.ts")]
    [InlineData("diff --git a/a.ts b/a.ts\nNew file, not added yet: src/b.ts", "Update a.ts and b.ts")]
    [InlineData("diff --git a/a b/a\ndiff --git a/b b/b\ndiff --git a/c b/c", "Update a and 2 other files")]
    [InlineData("", "Update files")]
    public void A_commit_is_called_by_its_files(string changes, string message) =>
        Assert.Equal(message, CommitWords.Answer(changes + Task));

    [Fact]
    public void Other_requests_are_not_its_business() => Assert.Null(CommitWords.Answer("diff --git a/a b/a"));
}
