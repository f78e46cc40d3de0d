namespace Sage.Agent.LanguageModels;

/// <summary>Some servers number the calls of every reply from 0; inside a session an id must be unique.</summary>
/// <param name="isTaken">Whether the session has used an id before.</param>
/// <param name="prefix">Keeps the ids of a sub-agent apart from all others; short, because providers limit their length.</param>
internal sealed class CallIds(Func<string, bool> isTaken, string prefix = "")
{
    private readonly Dictionary<(string Reply, string Provider), string> _ids = [];
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    public string Of(string replyId, string providerId)
    {
        if (_ids.TryGetValue((replyId, providerId), out var id))
        {
            return id;
        }

        var wanted = prefix.Length == 0 ? providerId : $"{prefix}_{providerId}";
        id = wanted;
        for (var n = 2; isTaken(id) || !_given.Add(id); n++)
        {
            id = $"{wanted}_{n}";
        }

        return _ids[(replyId, providerId)] = id;
    }
}
