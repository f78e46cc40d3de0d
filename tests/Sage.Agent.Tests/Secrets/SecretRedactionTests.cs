using Sage.Agent.Secrets;

namespace Sage.Agent.Tests.Secrets;

public sealed class SecretRedactionTests
{
    private readonly SecretRedaction _redaction = new();

    [Theory]
    [InlineData("sk-ant-api03-abcdefghijklmnopqrstuvwx")]
    [InlineData("sk-proj-abcdefghijklmnop_qrstuvwx-yz")]
    [InlineData("AIzaSyA1234567890abcdefghijklmnopqrstuv")]
    [InlineData("ghp_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("github_pat_11ABCDEFG0abcdefghijkl_mnop")]
    [InlineData("xoxb-123456789012-abcdefghij")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("gsk_abcdefghijklmnopqrstuvwxyz")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N")]
    public void Keys_of_known_kinds_are_taken_out_wherever_they_stand(string key)
    {
        var redacted = _redaction.RedactDiagnostics($"the key {key}, and \"{key}\"");

        Assert.Equal("the key [secret], and \"[secret]\"", redacted);
    }

    [Fact]
    public void A_bearer_header_keeps_its_name_only() =>
        Assert.Equal(
            "Authorization: Bearer [secret]",
            _redaction.RedactDiagnostics("Authorization: Bearer abc.def-ghi_jkl0123")
        );

    [Fact]
    public void A_key_at_the_beginning_of_a_line_is_taken_out_of_JSON_too() =>
        Assert.Equal(
            """{"@x":"refused:\n[secret]\nstop"}""",
            _redaction.RedactDiagnostics("""{"@x":"refused:\nsk-ant-api03-abcdefghijklmnopqrstuvwx\nstop"}""")
        );

    [Fact]
    public void A_password_in_an_address_is_taken_out_and_the_rest_of_it_stays() =>
        Assert.Equal(
            "https://me:[secret]@example.org:8080/v1, http://127.0.0.1:1/a@b",
            _redaction.RedactDiagnostics("https://me:p4ss:w0rd@example.org:8080/v1, http://127.0.0.1:1/a@b")
        );

    [Fact]
    public void Ordinary_text_stays_as_it_is()
    {
        const string text = "sk-1 task-abcdefghijklmnopqrstuv ghp_ AKIA bearer of news, skeleton";

        Assert.Equal(text, _redaction.RedactDiagnostics(text));
    }

    [Theory]
    [InlineData("sk-ant-api03-abcdefghijklmnopqrstuvwx")]
    [InlineData("sk-or-v1-0123456789abcdef0123456789abcdef")]
    [InlineData("sk_live_51HqABCDEFGHIJKLMNOPQRSTU")]
    [InlineData("AIzaSyA1234567890abcdefghijklmnopqrstuv")]
    [InlineData("ghp_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("github_pat_11ABCDEFG0abcdefghijkl_mnop")]
    [InlineData("glpat-abcdefghij0123456789")]
    [InlineData("xoxb-123456789012-abcdefghij")]
    [InlineData("ASIAIOSFODNN7EXAMPLE")]
    [InlineData("npm_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("hf_abcdefghijklmnopqrstuvwxyz01234567")]
    [InlineData("SG.abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\n-----END PRIVATE KEY-----")]
    public void In_a_conversation_a_key_becomes_the_mask(string key) =>
        Assert.Equal($"{SecretRedaction.Mask}, \"{SecretRedaction.Mask}\"", _redaction.Redact($"{key}, \"{key}\""));

    [Theory]
    [InlineData("sk-ant-xxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("Bearer authentication-is-explained-here")]
    [InlineData("postgres://postgres:postgres@localhost/app")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIEvQIBADANBgkqhkiG9w0B\n-----END CERTIFICATE-----")]
    [InlineData("task-management-0123456789-abcdefghij")]
    [InlineData("const PREFIXES = ['sk-', 'ghp_', 'AKIA', 'eyJ', 'hf_'];")]
    public void In_a_conversation_examples_and_what_only_looks_a_little_like_a_key_stay(string text) =>
        Assert.Same(text, _redaction.Redact(text));

    [Fact]
    public void A_private_key_whose_end_was_cut_off_is_hidden_to_the_end() =>
        Assert.Equal(
            $"1\t{SecretRedaction.Mask}",
            _redaction.Redact("1\t-----BEGIN RSA PRIVATE KEY-----\n2\tMIIEvQIBADANBgkqhkiG9w0B\n")
        );

    [Fact]
    public void Where_shapes_are_not_hidden_what_was_handed_over_still_is()
    {
        var redaction = new SecretRedaction { HidesShapes = false };
        redaction.Add("the \"private\" word");
        const string shape = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";

        Assert.Equal($"{shape} {SecretRedaction.Mask}", redaction.Redact($"{shape} the \"private\" word"));
        Assert.Equal(
            $$"""{"a":"{{SecretRedaction.Mask}}"}""",
            redaction.Redact("""{"a":"the \u0022private\u0022 word"}""")
        );
    }

    [Fact]
    public void Each_beginning_that_is_looked_for_begins_something_that_is_found()
    {
        var tail = string.Concat(Enumerable.Repeat("Ab0Cd1Ef2G", 8));
        foreach (var beginning in SecretShapes.Beginnings)
        {
            var key = beginning switch
            {
                "AKIA" or "ASIA" => $"{beginning}ABCDEFGHIJ012345",
                "npm_" => beginning + tail[..36],
                "eyJ" or "SG." => $"{beginning}{tail[..20]}.{tail[..20]}.{tail[..20]}",
                _ => beginning + tail,
            };
            Assert.Contains(SecretRedaction.Mask, _redaction.Redact(key), StringComparison.Ordinal);
        }
    }
}
