using Sage.Protocol;
using Sage.Protocol.Turns;

namespace Sage.Agent.LanguageModels;

/// <summary>The models of one turn: the one that answers, those that stand in for it, and a cheap one for small work.</summary>
/// <param name="first">Who answers at first.</param>
/// <param name="models">Where the others come from.</param>
internal sealed class ModelChain(LanguageModel first, ILanguageModels models)
{
    private readonly Queue<string> _standIns = new(models.Fallbacks);

    /// <summary>Who answers.</summary>
    public LanguageModel Current { get; private set; } = first;

    /// <summary>Lets the next model answer when this failure is an outage, and not something the user has to mend.</summary>
    /// <returns>Null when there is no other.</returns>
    public async Task<LanguageModel?> FallBackAsync(ModelException failure, CancellationToken cancellationToken)
    {
        if (failure is { Retryable: false, Code: not TurnErrorCodes.RateLimited })
        {
            return null;
        }

        while (_standIns.TryDequeue(out var id))
        {
            if (
                id != Current.Id
                && await FindAsync(async () => await models.ResolveAsync(id, cancellationToken)) is { } next
            )
            {
                return Current = next;
            }
        }

        return null;
    }

    /// <summary>Who is asked for small work, in order: the cheap one, then the one that answers.</summary>
    public async Task<IReadOnlyList<LanguageModel>> ForSmallWorkAsync(CancellationToken cancellationToken) =>
        await FindAsync(() => models.ResolveSmallAsync(Current, cancellationToken)) is { } small
            ? [small, Current]
            : [Current];

    private static async Task<LanguageModel?> FindAsync(Func<Task<LanguageModel?>> resolve)
    {
        try
        {
            return await resolve();
        }
        catch (SageException)
        {
            // The settings name one that nobody knows (any more); the one after it may be known.
            return null;
        }
    }
}
