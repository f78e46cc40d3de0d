using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.AI;
using Sage.Protocol.Events;

namespace Sage.Agent.LanguageModels;

/// <summary>Collects streamed reasoning into blocks; a signature closes a block.</summary>
internal sealed class ReasoningBlocks
{
    private readonly ImmutableArray<ReasoningBlock>.Builder _blocks = ImmutableArray.CreateBuilder<ReasoningBlock>();
    private readonly StringBuilder _open = new();

    /// <summary>UTF-16 code units of all blocks so far.</summary>
    public int Length { get; private set; }

    public void Add(TextReasoningContent piece)
    {
        _open.Append(piece.Text);
        Length += piece.Text.Length;
        if (piece.ProtectedData is not null)
        {
            _blocks.Add(new ReasoningBlock(_open.ToString(), piece.ProtectedData));
            _open.Clear();
        }
    }

    public ImmutableArray<ReasoningBlock> ToBlocks()
    {
        if (_open.Length > 0)
        {
            _blocks.Add(new ReasoningBlock(_open.ToString()));
            _open.Clear();
        }

        return _blocks.ToImmutable();
    }
}
