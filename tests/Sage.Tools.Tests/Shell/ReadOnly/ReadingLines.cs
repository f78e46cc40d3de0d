using CsCheck;

namespace Sage.Tools.Tests.Shell.ReadOnly;

/// <summary>Generates command lines over the files of <see cref="HostileWorkspace"/>, most of them reading, some damaged.</summary>
internal static class ReadingLines
{
    private static readonly Gen<string> Files = Pick.From(
        "a.txt",
        "src/b.txt",
        "src/lib/c.txt",
        "'my file.txt'",
        "missing",
        "./-o"
    );
    private static readonly Gen<string> Folders = Pick.From(".", "src", "src/lib", "missing");
    private static readonly Gen<string> Patterns = Pick.From(
        "src/*",
        "./*.txt",
        "a*",
        "src/lib/c?txt",
        "m*",
        "src/lin*"
    );

    private static readonly Gen<string> Templates = Pick.From(
        "cat {file}",
        "cat {file} {other}",
        "cat {pattern}",
        "cat",
        "head -n 2 {file}",
        "head -c 5",
        "tail -n 1 {file}",
        "wc -l {file}",
        "wc -c {pattern}",
        "sort {file}",
        "sort -u",
        "uniq -c {file}",
        "grep -n a {file}",
        "grep -rn a {folder}",
        "grep a",
        "ls {folder}",
        "ls -a {pattern}",
        "ls",
        "find {folder} -name '*.txt'",
        "find {folder} -type f -newer {file}",
        "sed -n '1,2p' {file}",
        "sed 's/a/b/g;$d' {file}",
        "diff {file} {other}",
        "cmp {file} {other}",
        "nl {file}",
        "tac {file}",
        "cut -c 1-2 {file}",
        "tr a-z A-Z <{file}",
        "od -c {file}",
        "sha256sum {pattern}",
        "test -f {file}",
        "[ {file} -nt {other} ]",
        "echo {pattern}",
        "printf '%s ' {pattern}",
        "basename {file}",
        "readlink -f {file}",
        "pwd",
        "true",
        "false",
        "cd {folder}",
        "cd {folder} && cat {file}"
    );

    private static readonly Gen<string> Redirections = Pick.From(
        "",
        "",
        "",
        " 2>/dev/null",
        " 2>&1",
        " >/dev/null",
        " <{file}"
    );

    private static readonly string[] Damage =
    [
        "-o pwned",
        "--output=pwned",
        ">pwned",
        "> pwned",
        "`touch pwned`",
        "$(touch pwned)",
        ";touch pwned",
        "|tee pwned",
        "&&touch pwned",
        "\ntouch pwned\n",
        "-exec touch pwned {} +",
        "-fprint pwned",
        "w pwned",
        ";w pwned",
        "*",
        "..",
        "../",
        "link",
        "folder/secret",
        "src/link",
        "&",
        ";",
        "|",
        "'",
        "\"",
        "\\",
        "#",
        "(",
        ")",
        "{ ",
        "; }",
        "-",
        "--",
        "! ",
        "<",
        "$",
        "~",
        "=",
        "\n",
    ];

    /// <summary>Lists, pipelines and groups of reading commands.</summary>
    public static Gen<string> Sound { get; } =
        Gen.Select(
            Commands().Array[1, 3],
            Pick.From(" | ", " && ", "; ", " || ", "\n"),
            Pick.From("{0}", "{0}", "({0})", "{{ {0}; }}", "! {0}", "({0}) | sort"),
            (commands, between, frame) =>
                string.Format(System.Globalization.CultureInfo.InvariantCulture, frame, string.Join(between, commands))
        );

    /// <summary>The same with something put in.</summary>
    public static Gen<string> Damaged { get; } =
        Gen.Select(
            Sound,
            Gen.Select(Gen.Int[0, 100], Gen.OneOf(Damage), Pick.From("", " ")).Array[0, 2],
            (line, edits) =>
                edits.Aggregate(
                    line,
                    (text, edit) => text.Insert(edit.Item1 % (text.Length + 1), edit.Item3 + edit.Item2)
                )
        );

    private static Gen<string> Commands() =>
        Gen.Select(
            Templates,
            Redirections,
            Files,
            Files,
            Folders,
            Patterns,
            (template, redirection, file, other, folder, pattern) =>
                (template + redirection)
                    .Replace("{file}", file, StringComparison.Ordinal)
                    .Replace("{other}", other, StringComparison.Ordinal)
                    .Replace("{folder}", folder, StringComparison.Ordinal)
                    .Replace("{pattern}", pattern, StringComparison.Ordinal)
        );
}
