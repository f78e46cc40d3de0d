using Sage.Agent.Secrets;
using Sage.Server.Logging;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Parsing;

namespace Sage.Server.Tests.Logging;

public sealed class RedactingFormatterTests
{
    private readonly SecretRedaction _redaction = new();

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
