using Sage.Protocol.Events;

namespace Sage.Server.Cli;

/// <summary>Shows the events of a turn in the terminal.</summary>
internal abstract class EventPrinter
{
    /// <summary>Writes one event; may keep it in a buffer.</summary>
    public abstract void Print(EventEnvelope envelope);

    /// <summary>Sends what is buffered on its way.</summary>
    public abstract ValueTask FlushAsync();
}
