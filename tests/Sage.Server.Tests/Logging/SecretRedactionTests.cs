using Sage.Server.Logging;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Parsing;

namespace Sage.Server.Tests.Logging;

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
        var redacted = _redaction.Redact($"the key {key}, and \"{key}\"");

        Assert.Equal("the key [secret], and \"[secret]\"", redacted);
    }

    [Fact]
    public void A_bearer_header_keeps_its_name_only() =>
        Assert.Equal("Authorization: Bearer [secret]", _redaction.Redact("Authorization: Bearer abc.def-ghi_jkl0123"));

    [Fact]
    public void A_key_at_the_beginning_of_a_line_is_taken_out_of_JSON_too() =>
        Assert.Equal(
            """{"@x":"refused:\n[secret]\nstop"}""",
            _redaction.Redact("""{"@x":"refused:\nsk-ant-api03-abcdefghijklmnopqrstuvwx\nstop"}""")
        );

    [Fact]
    public void A_password_in_an_address_is_taken_out_and_the_rest_of_it_stays() =>
        Assert.Equal(
            "https://me:[secret]@example.org:8080/v1, http://127.0.0.1:1/a@b",
            _redaction.Redact("https://me:p4ss:w0rd@example.org:8080/v1, http://127.0.0.1:1/a@b")
        );

    [Fact]
    public void Ordinary_text_stays_as_it_is()
    {
        const string text = "sk-1 task-abcdefghijklmnopqrstuv ghp_ AKIA bearer of news, skeleton";

        Assert.Equal(text, _redaction.Redact(text));
    }

    [Fact]
    public void A_key_that_was_handed_over_is_taken_out_of_messages_properties_and_exceptions()
    {
        _redaction.Add("no-known-shape-42");
        var formatter = new RedactingFormatter(new CompactJsonFormatter(), _redaction);
        var entry = new LogEvent(
            DateTimeOffset.UnixEpoch,
            LogEventLevel.Error,
            new InvalidOperationException("refused no-known-shape-42"),
            new MessageTemplateParser().Parse("Key {Key}"),
            [new LogEventProperty("Key", new ScalarValue("no-known-shape-42"))]
        );
        using var output = new StringWriter();

        formatter.Format(entry, output);

        Assert.DoesNotContain("no-known-shape-42", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[secret]", output.ToString(), StringComparison.Ordinal);
    }
}
