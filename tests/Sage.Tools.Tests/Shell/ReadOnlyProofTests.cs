using CsCheck;
using Sage.Tools.Shell;

namespace Sage.Tools.Tests.Shell;

public sealed class ReadOnlyProofTests
{
    private static readonly string[] Provable =
    [
        "ls",
        "ls -la src",
        "cat README.md src/app.ts",
        "grep -rn --include='*.cs' 'foo.*(bar|baz)$' src",
        "rg -n -g '!*.md' -t ts 'a|b' .",
        "head -20 README.md",
        "head -n 20 /work/space/README.md",
        "tail -n +5 a.txt",
        "wc -l a.txt b.txt",
        "sort -k2,2n -t : a.txt",
        "uniq -c a.txt",
        "cut -d , -f 1-3 a.csv",
        "tree -L 2 -a",
        "du -sh src",
        "stat -c %s a.txt",
        "date +%Y-%m-%d",
        "date",
        "echo hello world",
        "echo '$HOME; rm -rf /'",
        "sleep 0.5",
        "sleep 2s",
        "pwd",
        "true",
        "false",
        "whoami",
        "uname -a",
        "which node",
        "file -b a.png",
        "basename /usr/lib/x.so .so",
        "dirname ../a/b",
        "realpath src",
        "df -h .",
        "  ls\t-l  ",
        "cat 'a file with spaces.txt' \"and another\"",
        "cat /spill/call-1.txt",
        "ls --color=never",
    ];

    public static TheoryData<string> ProvableCommands => [.. Provable];

    [Theory]
    [MemberData(nameof(ProvableCommands))]
    public void A_plain_reading_command_is_proven(string command) => Assert.True(IsProven(command));

    [Theory]
    // Other commands, or none.
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("rm a")]
    [InlineData("find . -name x")]
    [InlineData("env")]
    [InlineData("/bin/ls")]
    [InlineData("./ls")]
    [InlineData("'ls'")]
    [InlineData("FOO=bar ls")]
    [InlineData("git status")]
    [InlineData("sudo ls")]
    // The shell would see more than words.
    [InlineData("ls; rm a")]
    [InlineData("ls && rm a")]
    [InlineData("ls | sh")]
    [InlineData("ls > a")]
    [InlineData("cat < a")]
    [InlineData("ls &")]
    [InlineData("ls $(rm a)")]
    [InlineData("ls `rm a`")]
    [InlineData("ls $HOME")]
    [InlineData("echo \"$(rm a)\"")]
    [InlineData("echo \"`rm a`\"")]
    [InlineData("echo \"a\\\"; rm b\"")]
    [InlineData("ls\nrm a")]
    [InlineData("ls\rrm a")]
    [InlineData("echo 'a\nb'")]
    [InlineData("ls *")]
    [InlineData("ls ~")]
    [InlineData("ls {a,b}")]
    [InlineData("ls # x")]
    [InlineData("ls !x")]
    [InlineData("cat 'unfinished")]
    [InlineData("cat a\\ b")]
    [InlineData("cat =ls")]
    [InlineData("echo 'a''b'")]
    // Options that write, run, follow links, read lists of paths, or never end.
    [InlineData("sort -o out in")]
    [InlineData("sort -oout in")]
    [InlineData("sort --output=out in")]
    [InlineData("sort --compress-program=sh in")]
    [InlineData("sort -T tmp in")]
    [InlineData("uniq in out")]
    [InlineData("uniq -c in out")]
    [InlineData("uniq -- in out")]
    [InlineData("tree -o out")]
    [InlineData("tree -R")]
    [InlineData("file -C -m magic")]
    [InlineData("file -z a.gz")]
    [InlineData("file -f list")]
    [InlineData("date -s 2020-01-01")]
    [InlineData("date --set=2020-01-01")]
    [InlineData("date 010203")]
    [InlineData("date -I 010203")]
    [InlineData("date -f list")]
    [InlineData("rg --pre sh x")]
    [InlineData("rg --pre=sh x")]
    [InlineData("rg --hostname-bin=sh x")]
    [InlineData("rg -z x")]
    [InlineData("rg -f list")]
    [InlineData("rg -L x")]
    [InlineData("rg --follow x")]
    [InlineData("grep -f list x")]
    [InlineData("grep -R x .")]
    [InlineData("wc --files0-from=list")]
    [InlineData("du --files0-from=list")]
    [InlineData("tail -f log")]
    [InlineData("tail --follow=name log")]
    [InlineData("sleep infinity")]
    [InlineData("sleep")]
    [InlineData("ls --unknown")]
    [InlineData("pwd x")]
    // Paths that lead out, and secrets.
    [InlineData("cat /etc/passwd")]
    [InlineData("cat ../secret")]
    [InlineData("cat src/../../secret")]
    [InlineData("ls ..")]
    [InlineData("ls /")]
    [InlineData("cat /work/spaceship/a")]
    [InlineData("cat \"/etc/passwd\"")]
    [InlineData("grep -r --include=/etc/x y")]
    [InlineData("grep -e x -- /etc/passwd")]
    [InlineData("rg --files /etc")]
    [InlineData("head -n 5 '/etc/passwd'")]
    [InlineData("cat .env")]
    [InlineData("cat src/.env.local")]
    [InlineData("cat certificate.pem")]
    [InlineData("head -c 100 keys/id_rsa")]
    public void Anything_else_is_not(string command) => Assert.False(IsProven(command));

    [Fact]
    public void A_folder_outside_proves_nothing() =>
        Assert.Null(ReadOnlyProof.TryFind("ls", "/elsewhere", "/work/space", "/spill"));

    [Fact]
    public void A_metacharacter_anywhere_outside_quotes_never_passes()
    {
        var plain = Provable.Where(command => command.AsSpan().IndexOfAny('\'', '"') < 0).ToArray();
        var metacharacters = Gen.Char[";&|<>(){}*?[]~#!$`\\^\n\r\0\u001b\u000b\u0085"];

        Gen.Select(Gen.OneOf(plain), metacharacters, Gen.Int[0, 200])
            .Sample(
                (command, character, at) =>
                    Assert.False(IsProven(command.Trim().Insert(at % (command.Trim().Length + 1), $"{character}")))
            );
    }

    [Fact]
    public void A_substitution_anywhere_never_passes_unless_single_quotes_hold_it()
    {
        var plain = Provable.Where(command => !command.Contains('\'', StringComparison.Ordinal)).ToArray();
        var substitutions = Gen.OneOf("$(id)", "`id`", "$HOME", "${IFS}", "\\x");

        Gen.Select(Gen.OneOf(plain), substitutions, Gen.Int[0, 200])
            .Sample(
                (command, inserted, at) =>
                    Assert.False(IsProven(command.Trim().Insert(at % (command.Trim().Length + 1), inserted)))
            );
    }

    [Fact]
    public void What_the_splitter_gives_is_what_a_shell_gives()
    {
        var pieces = Gen.OneOf(
            "a",
            "-b",
            "c=d",
            "x.y/z",
            " ",
            "  ",
            "'",
            "\"",
            "'e f'",
            "\"g h\"",
            "''",
            "$",
            ";",
            "é",
            "%1"
        );
        Gen.Select(pieces.Array[1, 8], all => string.Concat(all))
            .Where(command => ShellWords.TrySplit(command) is not null)
            .Sample(command => Assert.Equal(ShellSplit(command), ShellWords.TrySplit(command)!), iter: 40, threads: 1);
    }

    private static string[] ShellSplit(string command)
    {
        using var shell = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", $"printf '%s\\n' {command}"])
            {
                RedirectStandardOutput = true,
            }
        )!;
        var text = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return text.Split('\n')[..^1];
    }

    private static bool IsProven(string command) =>
        ReadOnlyProof.TryFind(command, "/work/space", "/work/space", "/spill") is not null;
}
