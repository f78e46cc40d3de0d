using Sage.Agent.Secrets;
using Serilog.Events;
using Serilog.Formatting;

namespace Sage.Server.Logging;

/// <summary>Redacts whole log lines, so that no property, message or exception is a way around it.</summary>
internal sealed class RedactingFormatter(ITextFormatter inner, SecretRedaction redaction) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter();
        inner.Format(logEvent, line);
        output.Write(redaction.RedactDiagnostics(line.ToString()));
    }
}
