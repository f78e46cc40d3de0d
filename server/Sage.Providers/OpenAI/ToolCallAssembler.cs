using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Providers.Streaming;

namespace Sage.Providers.OpenAI;

/// <summary>
/// Puts a reply's tool calls together from their pieces, and says when each is complete: when the next one starts, or when the
/// reply ends. Calls become ready in the order in which they began.
/// </summary>
internal sealed class ToolCallAssembler(HashSet<string> usedIds)
{
    private readonly List<Call> _calls = [];
    private readonly HashSet<string> _usedIds = usedIds;

    private sealed class Call(int index, string? givenId)
    {
        public int Index { get; } = index;
        public string? GivenId { get; set; } = givenId;
        public string? Id { get; set; }
        public string Name { get; set; } = "";
        public StringBuilder Arguments { get; } = new();
        public string? Signature { get; set; }
        public bool IsReady { get; set; }
    }

    public bool HasCalls => _calls.Count > 0;

    public void Add(ChunkToolCall piece, IList<AIContent> contents)
    {
        var name = piece.Function?.Name ?? "";
        var call = Find(piece, name) ?? Start(piece, contents);
        call.Name = call.Name.Length == 0 ? name : call.Name;
        call.GivenId ??= piece.Id;
        call.Signature ??= piece.ExtraContent is { ValueKind: JsonValueKind.Object } extra ? extra.GetRawText() : null;
        var delta = piece.Function?.Arguments ?? "";
        call.Arguments.Append(delta);
        if (call.Name.Length == 0)
        {
            // Nothing can be shown before the name is known; the pieces are kept.
            return;
        }
        if (call.Id is null)
        {
            call.Id = CallIds.Claim(call.GivenId, _usedIds);
            delta = call.Arguments.ToString();
        }
        contents.Add(new ToolCallDelta(call.Id, call.Name, delta));
    }

    /// <summary>The reply has ended: every call is as complete as it will be.</summary>
    public void Finish(IList<AIContent> contents)
    {
        foreach (var call in _calls)
        {
            MarkReady(call, contents);
        }
    }

    /// <summary>
    /// The call a piece belongs to. Servers exist that send no index (all pieces seem to be of call 0), no ids, or the id and name
    /// again with each piece.
    /// </summary>
    private Call? Find(ChunkToolCall piece, string name)
    {
        var call = _calls.FindLast(c => c.Index == (piece.Index ?? (_calls.Count > 0 ? _calls[^1].Index : 0)));
        if (call is null)
        {
            return null;
        }
        var hasId = !string.IsNullOrEmpty(piece.Id);
        var isAnother = hasId
            ? call.GivenId is not null && call.GivenId != piece.Id
            : name.Length > 0 && call.Arguments.Length > 0 && JsonArguments.IsWhole(call.Arguments.ToString());
        return isAnother ? null : call;
    }

    private Call Start(ChunkToolCall piece, IList<AIContent> contents)
    {
        foreach (var earlier in _calls)
        {
            // Pieces of different calls may be interleaved: a call whose arguments are not whole yet waits for more.
            if (earlier.Arguments.Length > 0 && !JsonArguments.IsWhole(earlier.Arguments.ToString()))
            {
                break;
            }
            MarkReady(earlier, contents);
        }
        var call = new Call(piece.Index ?? _calls.Count, string.IsNullOrEmpty(piece.Id) ? null : piece.Id);
        _calls.Add(call);
        return call;
    }

    private static void MarkReady(Call call, IList<AIContent> contents)
    {
        if (!call.IsReady && call.Id is { } id)
        {
            call.IsReady = true;
            if (call.Signature is { } signature)
            {
                contents.Add(CallSignature.Create(id, signature));
            }
            contents.Add(new ToolCallReady(id, call.Name, call.Arguments.ToString()));
        }
    }
}
