namespace Sage.Agent.Context.Compaction;

/// <summary>
/// Says how many tokens so many characters are: by what the provider counted for the last request, before that by a rule of
/// thumb. Nobody outside a provider can count its tokens exactly.
/// </summary>
internal sealed class ContextMeter
{
    // English prose and code lie between three and four characters.
    private const double Unmeasured = 0.28;

    // What lies outside was counted for something else, or not at all.
    private const double Lowest = 0.1;
    private const double Highest = 1.5;
    private double _tokensPerCharacter = Unmeasured;
    private (long Tokens, long Characters) _last;

    /// <summary>Whether a provider has counted anything yet.</summary>
    public bool IsMeasured => _last.Tokens > 0;

    /// <summary>The provider counted this many tokens for this many characters.</summary>
    public void Learn(long tokens, long characters)
    {
        if (tokens > 0 && characters > 0)
        {
            _last = (tokens, characters);
            _tokensPerCharacter = Math.Clamp((double)tokens / characters, Lowest, Highest);
        }
    }

    public long Tokens(long characters) => (long)(characters * _tokensPerCharacter);

    /// <summary>A request that goes on from the last one: what that took, and what has come since.</summary>
    public long TokensOfNext(long characters) =>
        characters >= _last.Characters ? _last.Tokens + Tokens(characters - _last.Characters) : Tokens(characters);

    public long Characters(double tokens) => (long)(tokens / _tokensPerCharacter);
}
