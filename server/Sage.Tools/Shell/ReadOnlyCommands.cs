using System.Collections.Frozen;

namespace Sage.Tools.Shell;

/// <summary>
/// The commands that can be proven to only read. Each names every option it may have: an unknown command or option proves
/// nothing.
/// </summary>
internal static class ReadOnlyCommands
{
    private const string Digits = "0123456789";

    // Left out on purpose: sort -o, tree -o and -R, file -C and -z, date -s, rg --pre, --hostname-bin, -z, -f and -L, grep -f
    // and -R, tail -f, --files0-from: they write, run other programs, read lists of paths, follow links or never end. So is
    // env: it prints secrets.
    private static readonly FrozenDictionary<string, ReadOnlyCommand> Known = new ReadOnlyCommand[]
    {
        new("basename", Operands.Text, "az", "s"),
        new("cat", Operands.Paths, "AbeEnstTuv", LongFlags: "number number-nonblank squeeze-blank show-all"),
        new(
            "cut",
            Operands.Paths,
            "ns",
            "bcdf",
            "only-delimited complement",
            "bytes characters fields delimiter output-delimiter"
        ),
        new("date", Operands.Format, "uRI", "", "utc universal iso-8601 rfc-email", "iso-8601 rfc-3339"),
        new("df", Operands.Paths, "ahHiklPT", LongFlags: "human-readable inodes local print-type"),
        new("dirname", Operands.Text, "z"),
        new(
            "du",
            Operands.Paths,
            "abchkmsSx0",
            "d",
            "all bytes human-readable summarize total apparent-size",
            "max-depth"
        ),
        new("echo", Operands.Text, "neE"),
        new("false", Operands.None),
        new("file", Operands.Paths, "bihk0", LongFlags: "brief mime mime-type mime-encoding"),
        new("grep", Operands.Paths, "abcEFGhHilLnoPqrsTUvVwxyZ" + Digits, "ABCem", GrepFlags, GrepValueFlags),
        new("head", Operands.Paths, "qv" + Digits, "nc", "quiet verbose", "lines bytes"),
        new(
            "ls",
            Operands.Paths,
            "aAbBcCdFgGhiklmnNopqQrRsStuUvxX1",
            "",
            "all almost-all human-readable recursive reverse size directory inode color",
            "color sort time"
        ),
        new("pwd", Operands.None, "LP"),
        new("realpath", Operands.Paths, "emsLPz"),
        new("rg", Operands.Paths, "abcFhHiIlnNopPqsSuUvVwx0.", "ABCegjmMtTd", RipgrepFlags, RipgrepValueFlags),
        new("sleep", Operands.Durations),
        new(
            "sort",
            Operands.Paths,
            "bcCdfghinMrRsuVz",
            "kt",
            "reverse unique numeric-sort human-numeric-sort version-sort ignore-case stable check",
            "key field-separator"
        ),
        new("stat", Operands.Paths, "Lft", "c", "dereference file-system terse", "format printf"),
        new("tail", Operands.Paths, "qv" + Digits, "nc", "quiet verbose", "lines bytes"),
        new("tree", Operands.Paths, "adfFhipsDCnAS", "LIP", "dirsfirst noreport gitignore du", "filelimit"),
        new("true", Operands.None),
        new("uname", Operands.None, "asnrvmpio", LongFlags: "all"),
        new(
            "uniq",
            Operands.OnePath,
            "cdDiuz",
            "fsw",
            "count repeated unique ignore-case",
            "skip-fields skip-chars check-chars"
        ),
        new("wc", Operands.Paths, "clLmw", LongFlags: "bytes chars lines words max-line-length"),
        new("which", Operands.Text, "a"),
        new("whoami", Operands.None),
    }.ToFrozenDictionary(command => command.Name, StringComparer.Ordinal);

    private const string GrepFlags =
        "ignore-case invert-match word-regexp line-regexp count line-number only-matching files-with-matches"
        + " files-without-match recursive extended-regexp fixed-strings perl-regexp no-messages with-filename no-filename"
        + " color colour text null";

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

    /// <summary>The command of this name; null when it may do more than read.</summary>
    public static ReadOnlyCommand? Find(string name) => Known.GetValueOrDefault(name);
}
