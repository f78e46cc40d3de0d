using CsCheck;
using Sage.Agent.ToolCalls;
using Sage.Tools.Shell.ReadOnly;

namespace Sage.Tools.Tests.Shell.ReadOnly;

public sealed class ReadOnlyProofTests
{
    private const string Root = "/work/space";

    // What each reads, from the workspace; `.` is all of it, `x/*` is what matches, and nothing but the folder itself is empty.
    private static readonly (string Command, string Reads)[] Provable =
    [
        ("ls", "."),
        ("  ls\t-l  ", "."),
        ("ls -la src", "src"),
        ("ls --color=never", "."),
        ("cat README.md src/app.ts", "README.md src/app.ts"),
        ("cat 'a b.txt' \"c d\" e\\ f", "a b.txt|c d|e f"),
        ("cat /work/space/a.txt ./b.txt src//c.txt", "a.txt b.txt src/c.txt"),
        ("cat < a.txt", "a.txt"),
        ("cat -", ""),
        ("grep -rn --include='*.cs' 'foo.*(bar|baz)$' src", "src"),
        ("grep -rn foo", "."),
        ("grep foo a.txt", "a.txt"),
        ("grep '/api/' a.txt", "a.txt"),
        ("grep -e foo a.txt", "a.txt"),
        ("rg -n -g '!*.md' -t ts 'a|b' src", "src"),
        ("rg foo", "."),
        ("rg --files src", "src"),
        ("head -20 README.md", "README.md"),
        ("head -n 20 a.txt b.txt", "a.txt b.txt"),
        ("tail -n +5 a.txt", "a.txt"),
        ("wc -l a.txt", "a.txt"),
        ("sort -k2,2n -t : a.txt", "a.txt"),
        ("uniq -c a.txt", "a.txt"),
        ("cut -d , -f 1-3 a.csv", "a.csv"),
        ("tree -L 2 -a", "."),
        ("du -sh src", "src"),
        ("stat -c %s a.txt", "a.txt"),
        ("diff -u a.txt b.txt", "a.txt b.txt"),
        ("cmp a.txt b.txt", "a.txt b.txt"),
        ("nl a.txt", "a.txt"),
        ("tac a.txt", "a.txt"),
        ("tr a-z A-Z", ""),
        ("sha256sum a.txt", "a.txt"),
        ("od -c a.txt", "a.txt"),
        ("file -b a.png", "a.png"),
        ("realpath src", "src"),
        ("find", "."),
        ("find . -name '*.ts' -not -path '*/node_modules/*'", "."),
        ("find src lib \\( -name a -o -name b \\) -type f -print", "src lib"),
        ("find src ! -newer a.txt -size +10k -printf '%p\\n'", "src a.txt"),
        ("sed -n '10,20p' a.txt", "a.txt"),
        ("sed -n -e '/^a/,/b$/p' -e '$=' a.txt", "a.txt"),
        ("sed -E 's/(a|b)+/x/g; /^$/d' a.txt b.txt", "a.txt b.txt"),
        ("test -f a.txt", "a.txt"),
        ("[ ! -d src ] && echo none", "src"),
        ("[ 1 -lt 2 ]", ""),
        ("[ a.txt -nt b.txt ]", "a.txt b.txt"),
        ("date +%Y-%m-%d", ""),
        ("date", ""),
        ("echo hello world", ""),
        ("echo '$HOME; rm -rf /' \"--- a\" ---", ""),
        ("printf '%s\\n' a b", ""),
        ("sleep 0.5", ""),
        ("pwd; whoami; uname -a; id -u; nproc; true; false", ""),
        ("which node; type ls; command -v git", ""),
        ("basename /usr/lib/x.so .so", ""),
        ("dirname ../a/b", ""),
        ("seq 1 10", ""),
        ("df -h .", "."),
        ("cat src/*.ts", "src/*.ts"),
        ("wc -l ./*.md a?.txt", "*.md a*.txt"),
        ("echo src/*", "src/*"),
        ("ls | head -5", "."),
        ("cat a.txt | grep -v '^#' | sort | uniq -c | sort -rn | head -20", "a.txt"),
        ("! grep -q foo a.txt", "a.txt"),
        ("cat a.txt && echo yes || echo no", "a.txt"),
        ("cat a.txt; cat b.txt\ncat c.txt", "a.txt b.txt c.txt"),
        ("cat a.txt # why", "a.txt"),
        ("{ cat a.txt; cat b.txt; } | wc -l", "a.txt b.txt"),
        ("(cat a.txt; cat b.txt) 2>/dev/null", "a.txt b.txt"),
        ("cat a.txt 2>&1 >/dev/null", "a.txt"),
        ("cat a.txt >>/dev/null 1>&2 </dev/null", "a.txt"),
        ("cd src && cat a.txt", "src/a.txt"),
        ("cd src && ls", "src"),
        ("cd src && pwd", "src"),
        ("cd src/lib; cat a.txt", "src/lib/a.txt a.txt"),
        ("cd src && cd lib && cat a.txt", "src/lib/a.txt"),
        ("cd src && cat a.txt || cat b.txt", "src/a.txt src/b.txt b.txt"),
        ("cd src || cat a.txt", "src a.txt"),
        ("! cd src || cat a.txt", "src/a.txt"),
        ("(cd src && cat a.txt); cat b.txt", "src/a.txt b.txt"),
        ("{ cd src && cat a.txt; } && cat b.txt", "src/a.txt src/b.txt"),
        ("cat a.txt | cd src; cat b.txt", "a.txt b.txt src/b.txt"),
        ("cd src && cat a.txt | sort | head -5", "src/a.txt"),
        ("cd src && echo a | sort", "src"),
        ("cd /work/space/src && cat < a.txt", "src/a.txt"),
        ("cat /spill/call-1.txt", "/spill/call-1.txt"),
    ];

    public static TheoryData<string, string> ProvableCommands
    {
        get
        {
            var commands = new TheoryData<string, string>();
            foreach (var (command, reads) in Provable)
            {
                commands.Add(command, reads);
            }

            return commands;
        }
    }

    [Theory]
    [MemberData(nameof(ProvableCommands))]
    public void A_reading_command_is_proven_with_what_it_reads(string command, string reads)
    {
        var proof = ReadOnlyProof.TryFind(command, Root, Root, "/spill");
        Assert.NotNull(proof);
        var expected = reads.Split(reads.Contains('|') ? '|' : ' ', StringSplitOptions.RemoveEmptyEntries);
        var found = proof
            .Paths.Where(path => !path.FullPath.EndsWith("/.", StringComparison.Ordinal))
            .Select(path => Path.Join(path.FullPath, path.Pattern));
        Assert.Equal(
            expected.Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, Root))).Order(),
            found.Order()
        );
    }

    [Fact]
    public void It_waits_for_writes_of_what_it_reads_and_for_nothing_else()
    {
        Assert.True(Waits("cat a.txt", "a.txt"));
        Assert.False(Waits("cat a.txt", "b.txt"));
        Assert.False(Waits("cat a.txt | sort", "a.txt.bak"));
        Assert.True(Waits("ls src", "src/deep/a.txt"));
        Assert.False(Waits("ls src", "srcs/a.txt"));
        Assert.True(Waits("cat src/*.ts", "src/new.ts"));
        Assert.True(Waits("cd src && cat a.txt", "src/a.txt"));
        Assert.False(Waits("cd src && cat a.txt", "src/b.txt"));
        Assert.True(Waits("cd src && cat a.txt", "src"));
        Assert.True(Waits("cd new && pwd", "new/a.txt"));
        Assert.False(Waits("echo a", "a.txt"));
        Assert.True(AccessOf("echo a").ConflictsWith(ResourceAccess.WritesEverything));
        Assert.False(AccessOf("cat a.txt").ConflictsWith(AccessOf("cat a.txt")));

        static bool Waits(string command, string written) =>
            AccessOf(command).ConflictsWith(ResourceAccess.Write(Path.Join(Root, written)));

        static ResourceAccess AccessOf(string command) => ReadOnlyProof.TryFind(command, Root, Root)!.Access;
    }

    [Fact]
    public void A_folder_of_the_workspace_is_where_its_paths_begin()
    {
        var proof = ReadOnlyProof.TryFind("cat a.txt", "/work/space/src", Root);
        Assert.Contains(new ReadPath("/work/space/src/a.txt"), proof!.Paths);
    }

    [Fact]
    public void A_folder_outside_proves_nothing() =>
        Assert.Null(ReadOnlyProof.TryFind("ls", "/elsewhere", "/work/space", "/spill"));

    [Fact]
    public void So_many_folders_that_it_could_be_anywhere_prove_nothing() =>
        Assert.Null(ReadOnlyProof.TryFind("cd a; cd b; cd c; cd d; cat x", Root, Root));

    [Fact]
    public void A_character_that_does_more_than_join_commands_never_passes_outside_of_quotes()
    {
        var plain = Provable
            .Select(provable => provable.Command.Trim())
            .Where(command => command.All(c => !IsSyntax(c)));
        // Not brackets, braces and `!`: alone they are words like any other, and inside of words ShellAgreementTests watch them.
        var characters = Gen.Char[">&`~\r\0\u001b\u000b\u0085\u00a0"];

        Gen.Select(Gen.OneOf(plain.ToArray()), characters, Gen.Int[0, 200])
            .Sample(
                (command, character, at) =>
                    Assert.False(IsProven(command.Insert(at % (command.Length + 1), $"{character}")))
            );

        static bool IsSyntax(char c) =>
            c is '\'' or '"' or '\\' or '#' or '!' or '[' or '&' or '>' or '<' or '{' or '(';
    }

    [Fact]
    public void A_substitution_anywhere_never_passes_unless_single_quotes_hold_it()
    {
        var plain = Provable
            .Select(provable => provable.Command.Trim())
            .Where(command => !command.Contains('\'') && !command.Contains('#'))
            .ToArray();
        var substitutions = Gen.OneOf("$(id)", "`id`", "$HOME", "${IFS}", "$((1))", "<(id)");

        Gen.Select(Gen.OneOf(plain), substitutions, Gen.Int[0, 200])
            .Sample(
                (command, inserted, at) =>
                {
                    var position = at % (command.Length + 1);
                    // Behind a backslash, or between quotes, it may be plain text.
                    if (
                        position == 0
                        || command[position - 1] != '\\' && !(inserted[0] == '<' && command.Contains('"'))
                    )
                    {
                        Assert.False(IsProven(command.Insert(position, inserted)));
                    }
                }
            );
    }

    private static bool IsProven(string command) => ReadOnlyProof.TryFind(command, Root, Root, "/spill") is not null;
}
