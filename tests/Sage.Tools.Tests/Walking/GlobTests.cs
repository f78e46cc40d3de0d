using Sage.Tools.Walking;

namespace Sage.Tools.Tests.Walking;

public sealed class GlobTests
{
    [Theory]
    [InlineData("*.ts", "a.ts", true)]
    [InlineData("*.ts", "src/deep/a.ts", true)]
    [InlineData("./*.ts", "src/a.ts", false)]
    [InlineData("/*.ts", "a.ts", true)]
    [InlineData("src/*.ts", "src/a.ts", true)]
    [InlineData("src/*.ts", "src/deep/a.ts", false)]
    [InlineData("src/**/*.ts", "src/a.ts", true)]
    [InlineData("src/**/*.ts", "src/x/y/a.ts", true)]
    [InlineData("src/**/*.ts", "lib/src/a.ts", false)]
    [InlineData("**/src/*.ts", "lib/src/a.ts", true)]
    [InlineData("src/", "src/x/a.ts", true)]
    [InlineData("src/**", "src", false)]
    [InlineData("**/*", "a", true)]
    [InlineData("*.{ts,tsx}", "a.tsx", true)]
    [InlineData("*.{ts,tsx}", "a.js", false)]
    [InlineData("{src,lib}/**/*.{c,h{,pp}}", "lib/x/a.hpp", true)]
    [InlineData("{src,lib}/**/*.{c,h{,pp}}", "lib/x/a.h", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[]]x", "]x", true)]
    [InlineData("[x", "[x", true)]
    [InlineData(@"\*", "*", true)]
    [InlineData(@"\*", "a", false)]
    [InlineData("!*.test.ts", "a.ts", true)]
    [InlineData("!*.test.ts", "src/a.test.ts", false)]
    [InlineData("a*b*c", "axbxbxc", true)]
    [InlineData("a*b*c", "axbxbx", false)]
    [InlineData("**/a/**/b", "x/a/y/a/b", true)]
    [InlineData("**/a/**/b", "a/b", true)]
    [InlineData("**/a/**/b", "b", false)]
    public void Patterns_mean_what_people_expect(string pattern, string path, bool matches) =>
        Assert.Equal(matches, Glob.Parse(pattern).IsMatch(path));

    [Fact]
    public void Many_stars_are_matched_without_going_through_all_combinations() =>
        Assert.False(Glob.Parse(string.Concat(Enumerable.Repeat("*a", 40)) + "b").IsMatch(new string('a', 5_000)));
}
