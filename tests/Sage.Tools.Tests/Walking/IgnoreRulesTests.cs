using System.Diagnostics;
using CsCheck;
using Sage.TestKit;
using Sage.Tools.Walking;

namespace Sage.Tools.Tests.Walking;

public sealed class IgnoreRulesTests
{
    private static readonly Gen<string> Name = Pick.From(
        "a",
        "b",
        "foo",
        "bar.log",
        "x.o",
        "build",
        "a b",
        ".env",
        "doc",
        "[x]",
        "foo.txt"
    );

    private static readonly Gen<string> Rule = Pick.From(
        "*.log",
        "/foo",
        "foo/",
        "!foo",
        "a/**",
        "**/foo",
        "a/**/b",
        "*.o",
        "build/",
        "!build/x.o",
        "/a/*",
        "!/a/b",
        "a/b",
        "**",
        "*",
        "!*/",
        @"\!x",
        "foo*",
        "?",
        "[a-c]",
        "[!a]",
        "doc/**/",
        "a/",
        "/*",
        "!/doc",
        "*.t?t",
        @"\[x\]",
        "foo/*",
        "!foo/bar.log",
        "**/doc/b",
        "a b",
        "x.o  ",
        "# c",
        "/**/a",
        "",
        "!",
        "[a",
        "doc/*/b",
        "a/**/"
    );

    /// <summary>Git itself is the judge.</summary>
    [Fact]
    public void Files_are_ignored_exactly_where_git_ignores_them() =>
        Gen.Select(
                Rule.Array[1, 5],
                Rule.Array[0, 3],
                Gen.Select(Name.Array[1, 4], static parts => string.Join('/', parts)).Array[1, 15]
            )
            .Sample(Compare, iter: 40, threads: 1);

    private static void Compare(string[] rules, string[] nestedRules, string[] paths)
    {
        using var temp = new TempFolder();
        Git(temp.Root, "init -q", "");
        foreach (var path in paths)
        {
            // A name cannot be both file and folder; the later path gives way.
            if (!Directory.Exists(temp[path]) && !ParentIsFile(temp.Root, path))
            {
                temp.Write(path, "");
            }
        }

        temp.Write(".gitignore", string.Join('\n', rules));
        temp.Write(".git/info/exclude", "x.o\n");
        if (Directory.Exists(temp["doc"]))
        {
            temp.Write("doc/.gitignore", string.Join('\n', nestedRules));
        }

        var files = paths.Where(path => File.Exists(temp[path])).Distinct().Order(StringComparer.Ordinal).ToArray();
        var ignored = Git(temp.Root, "check-ignore --no-index -z --stdin", string.Join('\0', files)).Split('\0');
        var walked = WorkspaceWalk
            .Files(temp.Root, IgnoreScope.Of(temp.Root, temp.Root), CancellationToken.None)
            .Select(entry => RelativePath.Of(temp.Root, entry.FullPath))
            .Intersect(files)
            .Order(StringComparer.Ordinal);
        Assert.Equal(files.Except(ignored), walked);
    }

    private static bool ParentIsFile(string root, string path)
    {
        for (
            var parent = Path.GetDirectoryName(path);
            !string.IsNullOrEmpty(parent);
            parent = Path.GetDirectoryName(parent)
        )
        {
            if (File.Exists(Path.Combine(root, parent)))
            {
                return true;
            }
        }

        return false;
    }

    private static string Git(string folder, string arguments, string input)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
