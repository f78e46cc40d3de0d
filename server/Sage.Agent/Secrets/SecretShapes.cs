using System.Buffers;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Sage.Agent.Secrets;

/// <summary>What keys look like whose makers gave them a shape to be recognised by.</summary>
internal static partial class SecretShapes
{
    public const string PrivateKeyBegins = "-----BEGIN ";

    // Each must stand in the expression below, too; a test compares them.
    public static readonly ImmutableArray<string> Beginnings =
    [
        "sk-",
        "sk_live_",
        "rk_live_",
        "AIza",
        "ghp_",
        "gho_",
        "ghu_",
        "ghs_",
        "ghr_",
        "github_pat_",
        "glpat-",
        "xoxa-",
        "xoxb-",
        "xoxe-",
        "xoxp-",
        "xoxr-",
        "xoxs-",
        "AKIA",
        "ASIA",
        "gsk_",
        "xai-",
        "npm_",
        "hf_",
        "SG.",
        "pypi-",
        "eyJ",
    ];

    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [.. Beginnings, PrivateKeyBegins],
        StringComparison.Ordinal
    );

    /// <summary>Cheap, and true for every text in which there is one.</summary>
    public static bool MayBeIn(ReadOnlySpan<char> text) => text.ContainsAny(Signs);

    // OpenAI, Anthropic and their like; Stripe; Google; GitHub; GitLab; Slack; AWS; Groq; xAI; npm; Hugging Face; SendGrid; PyPI; JSON web
    // tokens; private keys, also ones whose end was cut off. In JSON the n of a \n right before a key is no letter of a word.
    [GeneratedRegex(
        @"(?:\b|(?<=\\[nrtbf]))(?:sk-(?=[A-Za-z0-9_\-]*[0-9])[A-Za-z0-9_\-]{20,}|[sr]k_live_[A-Za-z0-9]{20,}|AIza[A-Za-z0-9_\-]{30,}"
            + @"|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_\-]{20,}|xox[abeprs]-[A-Za-z0-9\-]{10,}"
            + @"|(?:AKIA|ASIA)[A-Z0-9]{16}\b|gsk_[A-Za-z0-9]{20,}|xai-[A-Za-z0-9]{20,}|npm_[A-Za-z0-9]{36}|hf_[A-Za-z0-9]{30,}"
            + @"|SG\.[A-Za-z0-9_\-]{16,}\.[A-Za-z0-9_\-]{16,}|pypi-[A-Za-z0-9_\-]{50,}"
            + @"|eyJ[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{10,})"
            + @"|-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|\z)",
        RegexOptions.CultureInvariant
    )]
    public static partial Regex Keys();

    [GeneratedRegex("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----", RegexOptions.CultureInvariant)]
    public static partial Regex PrivateKeyHeader();

    [GeneratedRegex("-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----", RegexOptions.CultureInvariant)]
    public static partial Regex PrivateKeyFooter();

    // Keys without a digit, tokens in headers, passwords in addresses: in a conversation these are more often examples than not.
    [GeneratedRegex(
        @"(?:\b|(?<=\\[nrtbf]))(?:sk-[A-Za-z0-9_\-]{16,}|gh[pousr]_[A-Za-z0-9]{20,})"
            + @"|(?<=[Bb]earer\s)[A-Za-z0-9._~+/\-]{12,}=*|(?<=://[^\s/?#@:""']*:)[^\s/?#@""']+(?=@)",
        RegexOptions.CultureInvariant
    )]
    public static partial Regex InDiagnostics();
}
