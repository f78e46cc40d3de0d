using System.Globalization;
using Sage.Protocol.LanguageServer;

namespace Sage.Server.Handlers.CodeActions;

/// <summary>Remembers the latest offers, so that a command carries an id instead of a piece of a document.</summary>
internal sealed class CodeActionMemory
{
    // An editor asks at every move of the cursor; a menu that is older than this many offers is not open any more.
    private const int Capacity = 256;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Id, OfferedAction Offer)>> _byId = new(
        StringComparer.Ordinal
    );
    private readonly LinkedList<(string Id, OfferedAction Offer)> _latestFirst = [];
    private long _next;

    /// <summary>Keeps an offer and gives it an id.</summary>
    public string Add(OfferedAction offer)
    {
        lock (_gate)
        {
            var id = (++_next).ToString(CultureInfo.InvariantCulture);
            _byId[id] = _latestFirst.AddFirst((id, offer));
            if (_latestFirst.Count > Capacity)
            {
                _byId.Remove(_latestFirst.Last!.Value.Id);
                _latestFirst.RemoveLast();
            }

            return id;
        }
    }

    /// <summary>The offer with this id; null when it was never made or is forgotten.</summary>
    public OfferedAction? Find(string id)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(id, out var node))
            {
                return null;
            }

            _latestFirst.Remove(node);
            _latestFirst.AddFirst(node);
            return node.Value.Offer;
        }
    }
}

/// <param name="Kind">What the user may choose.</param>
/// <param name="Target">What it would be about.</param>
internal sealed record OfferedAction(SageActionKind Kind, CodeActionTarget Target);
