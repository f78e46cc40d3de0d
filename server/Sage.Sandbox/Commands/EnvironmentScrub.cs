using System.Collections.Immutable;

namespace Sage.Sandbox.Commands;

/// <summary>Names of variables that commands must not inherit. A <c>*</c> at either end stands for anything.</summary>
public sealed record EnvironmentScrub(ImmutableArray<string> Patterns)
{
    /// <summary>Keys of language models, and what configures Sage itself.</summary>
    public static EnvironmentScrub Default { get; } = new(["*_API_KEY", "ANTHROPIC_AUTH_TOKEN", "SAGE_*"]);

    public bool Matches(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Patterns.Any(pattern =>
            pattern switch
            {
                ['*', .. var suffix] => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase),
                [.. var prefix, '*'] => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase),
                _ => name.Equals(pattern, StringComparison.OrdinalIgnoreCase),
            }
        );
    }

    /// <summary>Removes what must not be inherited.</summary>
    public void Apply(IDictionary<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        foreach (var name in environment.Keys.Where(Matches).ToList())
        {
            environment.Remove(name);
        }
    }
}
