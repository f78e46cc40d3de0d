using System.Collections.Immutable;
using Sage.Agent.Permissions;
using Sage.Protocol.LanguageServer;
using Sage.Protocol.Permissions;

namespace Sage.Storage.Permissions;

/// <summary>What one file says of permissions.</summary>
internal sealed record FileRules(ImmutableArray<PermissionRule> Rules)
{
    /// <summary>Why it could not be read.</summary>
    public string? Problem { get; init; }

    public ImmutableHashSet<PermissionMode> ForbiddenModes { get; init; } = [];

    /// <summary>What the user wants of walls, when these are their settings.</summary>
    public SandboxWish Sandbox { get; init; } = SandboxWish.Default;

    /// <summary>Rules that allow, for the user to decide about, when these are a project's.</summary>
    public ImmutableArray<PermissionRule> Offered { get; private init; } = [];

    /// <summary>The same, as they are shown; null when there are none.</summary>
    public ProjectOffer? Offer { get; private init; }

    /// <summary>What the user had saved, when this is that file.</summary>
    public SavedRules Saved { get; init; } = SavedRules.None;

    private const string OfferKind = "permissions.allow";

    public static FileRules None { get; } = new([]);

    public static FileRules Failed(string path, string problem) =>
        new([]) { Problem = $"{path} cannot be read: {problem}" };

    public static FileRules Of(PermissionConfiguration? configuration, RuleSource source)
    {
        var rules = ImmutableArray.CreateBuilder<PermissionRule>();
        var wrong =
            Add(configuration?.Deny, RuleEffect.Deny, source, rules)
            ?? Add(configuration?.Ask, RuleEffect.Ask, source, rules)
            ?? Add(configuration?.Allow, RuleEffect.Allow, source, rules);
        return new FileRules(rules.ToImmutable())
        {
            Problem = wrong is null
                ? null
                : $"the rule {wrong} is not understood. Write a tool's name (edit_file), or a tool and a pattern (run_command(npm test *)).",
        };
    }

    /// <summary>Without what allows.</summary>
    public FileRules OnlyRestricting() =>
        this with
        {
            Rules = Rules.RemoveAll(static rule => rule.Effect == RuleEffect.Allow),
        };

    /// <summary>What restricts holds; what allows is only offered.</summary>
    /// <param name="place">Where they stand, for people.</param>
    public FileRules Offering(string place)
    {
        ImmutableArray<PermissionRule> offered = [.. Rules.Where(static rule => rule.Effect == RuleEffect.Allow)];
        return OnlyRestricting() with
        {
            Offered = offered,
            Offer = offered.IsEmpty
                ? null
                : OfferHash.Offer(OfferKind, place, [.. offered.Select(static rule => rule.Text)]),
        };
    }

    /// <returns>A rule that is not understood.</returns>
    private static string? Add(
        ImmutableArray<string>? texts,
        RuleEffect effect,
        RuleSource source,
        ImmutableArray<PermissionRule>.Builder rules
    )
    {
        foreach (var text in texts is { IsDefault: false } given ? given : [])
        {
            if (PermissionRule.TryParse(text, effect, source) is not { } rule)
            {
                return text;
            }

            rules.Add(rule);
        }

        return null;
    }
}
