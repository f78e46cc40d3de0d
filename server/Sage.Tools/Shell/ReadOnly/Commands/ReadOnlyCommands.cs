namespace Sage.Tools.Shell.ReadOnly.Commands;

/// <summary>
/// The commands that can be proven to only read. Each names every option it may have: an unknown command or option proves
/// nothing.
/// </summary>
internal static class ReadOnlyCommands
{
    private const string Digits = "0123456789";

    private const string GrepFlags =
        "ignore-case invert-match word-regexp line-regexp count line-number only-matching files-with-matches"
        + " files-without-match recursive extended-regexp fixed-strings perl-regexp no-messages with-filename no-filename"
        + " color colour text null quiet silent basic-regexp";

    private const string GrepValueFlags =
        "include exclude exclude-dir color colour max-count context after-context before-context regexp binary-files";

    private const string RipgrepFlags =
        "ignore-case smart-case case-sensitive fixed-strings word-regexp line-regexp count count-matches files"
        + " files-with-matches files-without-match line-number no-line-number only-matching hidden no-ignore no-heading"
        + " heading stats multiline multiline-dotall pcre2 type-list json vimgrep column trim no-config text invert-match"
        + " with-filename no-filename null quiet";

    private const string RipgrepValueFlags =
        "glob iglob type type-not max-count max-depth max-columns max-filesize context after-context before-context regexp"
        + " color colors sort sortr replace encoding threads";

    // Left out on purpose, because they write, run other programs, read lists of paths, follow links, set the clock or the
    // host name, or never end: sort -o and -T, tree -o, -R and -l, file -C, -f and -z, date -s, rg --pre, --hostname-bin, -z,
    // -f and -L, grep -f and -R, tail -f, diff -r and -l, checksums' -c, --files0-from. So are env and printenv, which print
    // secrets, xxd, whose second path is written, strings, which takes options from a file (@list), and git, which runs what
    // the configuration of a repository names.
    private static readonly Dictionary<string, ReadOnlyCommand> Known = new ReadOnlyCommand[]
    {
        new FindCommand(),
        new SedCommand(),
        new TestCommand("test"),
        new TestCommand("["),
        new PrintCommand(),
        new ListedCommand("basename", Operands.Text, "az", "s"),
        new ListedCommand("base64", Operands.OnePath, "d", "w", "decode", "wrap"),
        new ListedCommand("cat", Operands.Paths, "AbeEnstTuv", "", "number number-nonblank squeeze-blank show-all"),
        new ListedCommand("cksum", Operands.Paths),
        new ListedCommand(
            "cmp",
            Operands.Files,
            "bls",
            "in",
            "silent quiet verbose print-bytes",
            "bytes ignore-initial"
        ),
        new ListedCommand("column", Operands.Paths, "tx", "sc"),
        new ListedCommand("comm", Operands.Files, "123z", "", "check-order nocheck-order", "output-delimiter"),
        // Only looks a name up: without these options it would run it.
        new LookupCommand("command", "-v", "-V"),
        new ListedCommand(
            "cut",
            Operands.Paths,
            "nsz",
            "bcdf",
            "only-delimited complement",
            "bytes characters fields delimiter output-delimiter"
        ),
        new ListedCommand("date", Operands.Format, "uRI", "", "utc universal iso-8601 rfc-email", "iso-8601 rfc-3339"),
        new ListedCommand("df", Operands.Paths, "ahHiklPT", "", "human-readable inodes local print-type")
        {
            WithoutPaths = WithoutPaths.Folder,
        },
        new ListedCommand(
            "diff",
            Operands.Files,
            "abBdeEiNnpqstTuwy" + Digits,
            "CIUW",
            "brief unified context side-by-side ignore-case ignore-all-space ignore-space-change ignore-blank-lines"
                + " ignore-trailing-space text new-file report-identical-files suppress-common-lines minimal color",
            "unified context width color label ignore-matching-lines"
        ),
        new ListedCommand("dirname", Operands.Text, "z"),
        new ListedCommand(
            "du",
            Operands.Paths,
            "abchkmsSx0",
            "d",
            "all bytes human-readable summarize total apparent-size",
            "max-depth"
        )
        {
            WithoutPaths = WithoutPaths.Folder,
        },
        new ListedCommand("echo", Operands.Anything),
        new ListedCommand("expand", Operands.Paths, "i", "t", "initial", "tabs"),
        new ListedCommand("false", Operands.None),
        new ListedCommand("file", Operands.Paths, "bihk0", "", "brief mime mime-type mime-encoding"),
        new ListedCommand("fold", Operands.Paths, "bs", "w", "bytes spaces", "width"),
        new ListedCommand(
            "grep",
            Operands.PatternAndPaths,
            "abcEFGhHilLnoPqrsTUvVwxyZ" + Digits,
            "ABCem",
            GrepFlags,
            GrepValueFlags
        )
        {
            WithoutPaths = WithoutPaths.FolderIfRecursive,
        },
        new ListedCommand("head", Operands.Paths, "qv" + Digits, "nc", "quiet verbose", "lines bytes"),
        new ListedCommand("hexdump", Operands.Paths, "Cbcdovx", "ns"),
        new ListedCommand("hostname", Operands.None, "fs"),
        new ListedCommand("id", Operands.Text, "gGnru", "", "user group groups name real"),
        new ListedCommand("join", Operands.Files, "iz", "12aejotv"),
        new ListedCommand(
            "ls",
            Operands.Paths,
            "aAbBcCdFgGhiklmnNopqQrRsStuUvxX1",
            "",
            "all almost-all human-readable recursive reverse size directory inode color",
            "color sort time"
        )
        {
            WithoutPaths = WithoutPaths.Folder,
        },
        new ListedCommand("nl", Operands.Paths, "p", "bdfhilnsvw"),
        new ListedCommand("nproc", Operands.None, "", "", "all"),
        new ListedCommand("od", Operands.Paths, "bcdfilosvx", "AjNt"),
        new ListedCommand("paste", Operands.Paths, "sz", "d", "serial", "delimiters"),
        new ListedCommand("pwd", Operands.None, "LP"),
        new ListedCommand("readlink", Operands.Paths, "efmnz"),
        new ListedCommand("realpath", Operands.Paths, "emsLPz"),
        new ListedCommand("rev", Operands.Paths),
        new ListedCommand(
            "rg",
            Operands.PatternAndPaths,
            "abcFhHiIlnNopPqsSuUvVwx0.",
            "ABCegjmMtTd",
            RipgrepFlags,
            RipgrepValueFlags
        )
        {
            WithoutPaths = WithoutPaths.Folder,
        },
        new ListedCommand("seq", Operands.Text, "w", "fs", "equal-width", "format separator"),
        new ListedCommand("sleep", Operands.Durations),
        new ListedCommand(
            "sort",
            Operands.Paths,
            "bcCdfghimMnrRsuVz",
            "kt",
            "reverse unique numeric-sort human-numeric-sort version-sort ignore-case stable check",
            "key field-separator"
        ),
        new ListedCommand("stat", Operands.Paths, "Lft", "c", "dereference file-system terse", "format printf"),
        new ListedCommand("tac", Operands.Paths, "br", "s", "before regex", "separator"),
        new ListedCommand("tail", Operands.Paths, "qv" + Digits, "nc", "quiet verbose", "lines bytes"),
        new ListedCommand("tr", Operands.Text, "cCdst", "", "complement delete squeeze-repeats truncate-set1"),
        new ListedCommand(
            "tree",
            Operands.Paths,
            "adfFhipsDCnAS",
            "LIP",
            "dirsfirst noreport gitignore du",
            "filelimit"
        )
        {
            WithoutPaths = WithoutPaths.Folder,
        },
        new ListedCommand("true", Operands.None),
        new ListedCommand("type", Operands.Text, "apt"),
        new ListedCommand("uname", Operands.None, "asnrvmpio", "", "all"),
        new ListedCommand("unexpand", Operands.Paths, "a", "t", "all first-only", "tabs"),
        new ListedCommand(
            "uniq",
            Operands.OnePath,
            "cdDiuz",
            "fsw",
            "count repeated unique ignore-case",
            "skip-fields skip-chars check-chars"
        ),
        new ListedCommand("wc", Operands.Paths, "clLmw", "", "bytes chars lines words max-line-length"),
        new ListedCommand("which", Operands.Text, "a"),
        new ListedCommand("whoami", Operands.None),
        Checksum("md5sum"),
        Checksum("sha1sum"),
        Checksum("sha224sum"),
        Checksum("sha256sum"),
        Checksum("sha384sum"),
        Checksum("sha512sum"),
        Checksum("b2sum"),
    }.ToDictionary(command => command.Name, StringComparer.Ordinal);

    /// <summary>The command of this name; null when it may do more than read.</summary>
    public static ReadOnlyCommand? Find(string name) => Known.GetValueOrDefault(name);

    private static ListedCommand Checksum(string name) => new(name, Operands.Paths, "btz", "", "binary text zero tag");
}
