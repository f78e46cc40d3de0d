using System.Text.Json;
using Sage.Protocol.Events;

namespace Sage.Agent.Sessions.State;

/// <summary>Something that a session's durable events lead to, which can be written down and taken up again.</summary>
internal interface IFold
{
    /// <summary>Names its part of a snapshot. Another format, or another meaning of an event, gets another name.</summary>
    string Part { get; }

    void Apply(EventEnvelope happened);

    JsonElement Save();

    /// <summary>Reads what was saved; what it answers takes it over. So several folds are restored together or not at all.</summary>
    /// <exception cref="JsonException">It is not what was saved.</exception>
    Action Load(JsonElement saved);
}
