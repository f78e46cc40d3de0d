using Sage.Agent.Hooks;
using Sage.Agent.LanguageModels;
using Sage.Agent.Runtime;
using Sage.Agent.Sessions;
using Sage.Protocol.Events;
using Sage.Protocol.Turns;

namespace Sage.Agent.Context.Compaction;

/// <summary>
/// Makes room in the conversation before it reaches the end of the model's context: first old results of tools go, which costs
/// nothing; when that is not enough, all but the newest part is summarised.
/// </summary>
/// <param name="recorder">Where the conversation stands, and what happens to it is recorded.</param>
/// <param name="models">Whose context it is, and who summarises.</param>
/// <param name="meter">Says what is how long.</param>
/// <param name="overhead">Characters that go with every request beside the conversation: the system prompt and the tools.</param>
/// <param name="turn">The turn for which room is made.</param>
/// <param name="hooks">Know of it before, and after.</param>
internal sealed class Compactor(
    SessionRecorder recorder,
    ModelChain models,
    ContextMeter meter,
    long overhead,
    Work turn,
    SessionHooks hooks
)
{
    // Of the context: what starts a compaction, what results are worth keeping, and what stays as it is beside a summary.
    private const double FullAt = 0.8;
    private const double RoomyAt = 0.55;
    private const double RecentResults = 0.25;
    private const double RecentWords = 0.12;

    private long _sent;

    /// <summary>From how many tokens on a context counts as full.</summary>
    public static long FullAtTokens(int window) => (long)(window * FullAt);

    /// <summary>What the last request took, as the provider counted.</summary>
    public void Learn(TokenUsage usage) => meter.Learn(usage.InputTokens, _sent);

    /// <summary>What the next request takes, about.</summary>
    public long NextInput => meter.TokensOfNext(Characters);

    /// <summary>Makes room when the next request, which follows, would fill the context.</summary>
    /// <returns>What was spent on it.</returns>
    /// <exception cref="OperationCanceledException">Cancelled: the conversation is as it was, or shorter, and whole.</exception>
    public async Task<TokenUsage> MakeRoomAsync(CancellationToken cancellationToken)
    {
        var spent = await MakeRoomWhenFullAsync(cancellationToken);
        _sent = Characters;
        return spent;
    }

    private async Task<TokenUsage> MakeRoomWhenFullAsync(CancellationToken cancellationToken)
    {
        if (models.Current.ContextWindow is not { } window || Tokens <= window * FullAt)
        {
            return TokenUsage.Zero;
        }

        await PruneAsync(window, CompactionReason.Full, cancellationToken);
        return Tokens <= window * RoomyAt
            ? TokenUsage.Zero
            : (await SummarizeAsync(window, CompactionReason.Full, cancellationToken)).Usage;
    }

    /// <summary>The provider said that it is too long, or the user wants it short.</summary>
    /// <returns>Whether it is shorter now, and what was spent on it.</returns>
    /// <exception cref="OperationCanceledException">Cancelled: the conversation is as it was, or shorter, and whole.</exception>
    public async Task<(bool IsShorter, TokenUsage Usage)> ShortenAsync(
        CompactionReason reason,
        CancellationToken cancellationToken
    )
    {
        // Where the size of the context is unknown, or was wrong, it is less than what did not fit.
        var window = Math.Min(models.Current.ContextWindow ?? long.MaxValue, Tokens);
        var before = Characters;
        await PruneAsync(window, reason, cancellationToken);
        var (isShorter, usage) = await SummarizeAsync(window, reason, cancellationToken);
        if (Tokens > window * FullAt)
        {
            // Even the newest results are too much: the model has to ask for less.
            await PruneAsync(0, reason, cancellationToken);
        }

        return (isShorter || Characters < before, usage);
    }

    private long Characters => recorder.Conversation.Characters + overhead;

    /// <summary>How long the conversation is, about, with what goes along.</summary>
    public long Tokens => meter.Tokens(Characters);

    private async Task PruneAsync(long window, CompactionReason reason, CancellationToken cancellationToken)
    {
        var kept = recorder.Conversation.NewestWithin(meter.Characters(window * RecentResults));
        var saved = recorder.Conversation.PrunableCharacters(kept);
        if (saved > 0)
        {
            var before = Tokens;
            var after = meter.Tokens(Characters - saved);
            await recorder.RecordAsync(new Compacted(kept, reason, before, after), cancellationToken);
        }
    }

    private async Task<(bool IsShorter, TokenUsage Usage)> SummarizeAsync(
        long window,
        CompactionReason reason,
        CancellationToken cancellationToken
    )
    {
        var conversation = recorder.Conversation;
        var kept = conversation.NewestWithin(meter.Characters(window * RecentWords));
        var old = conversation.MessagesBefore(kept);
        if (old.Count < 2)
        {
            // It is short beside what goes with every request; still it is all that can be made shorter.
            kept = conversation.NewestWithin(1);
            old = conversation.MessagesBefore(kept);
        }

        if (old.Count < 2)
        {
            // A single prompt that is too long is not made better by a summary of it.
            return (false, TokenUsage.Zero);
        }

        if (!await hooks.MaySummarizeAsync(reason, turn, cancellationToken))
        {
            return (false, TokenUsage.Zero);
        }

        await recorder.StreamAsync(new Compacting(reason), cancellationToken);
        var before = Tokens;
        var (text, usage) = await new Summarizer(models, meter, turn).SummarizeAsync(old, cancellationToken);
        var after = meter.Tokens(conversation.CharactersWith(text, kept) + overhead);
        await recorder.RecordAsync(new Compacted(kept, reason, before, after, text, usage), CancellationToken.None);
        await hooks.SummarizedAsync(turn, cancellationToken);
        return (true, usage);
    }
}
