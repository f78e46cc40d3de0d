using CsCheck;

namespace Sage.Storage.Tests;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("/home/ada/My Shop (new)", "my-shop-new-")]
    [InlineData("/home/ada/Sage.Server", "sage-server-")]
    [InlineData("/home/ada/日本", "root-")]
    [InlineData("/", "root-")]
    public void The_name_of_a_workspace_can_be_read(string root, string start)
    {
        var name = FileNames.ForWorkspace(root);

        Assert.StartsWith(start, name, StringComparison.Ordinal);
        Assert.Equal(start.Length + 12, name.Length);
    }

    [Fact]
    public void The_name_of_a_workspace_is_the_same_in_every_process() =>
        Assert.Equal("shop-1983956fa3df", FileNames.ForWorkspace("/home/ada/shop"));

    [Fact]
    public void Any_text_becomes_a_safe_name_and_different_texts_different_names() =>
        Gen.Select(Gen.String[0, 90], Gen.String[0, 90])
            .Sample(
                (a, b) =>
                    FileNames.IsSafe(FileNames.ToSafe(a))
                    && (a == b) == (FileNames.ToSafe(a) == FileNames.ToSafe(b))
                    && FileNames.ToSafe(FileNames.ToSafe(a)) == FileNames.ToSafe(a),
                iter: 2000
            );
}
