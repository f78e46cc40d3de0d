using System.Collections.Immutable;
using Sage.Protocol.Permissions;

namespace Sage.Agent.Permissions;

/// <summary>All rules that hold for a workspace, from every source.</summary>
/// <param name="Rules">In any order: what denies is stronger than what asks, and that than what allows.</param>
public sealed record PermissionPolicy(ImmutableArray<PermissionRule> Rules)
{
    /// <summary>Why rules could not be read; then nothing but reads runs without asking.</summary>
    public string? Problem { get; init; }

    /// <summary>True where the user does not trust the workspace: then only reads run, whatever the rules say.</summary>
    public bool OnlyReads { get; init; }

    /// <summary>Modes that the machine's administrator does not want.</summary>
    public ImmutableHashSet<PermissionMode> ForbiddenModes { get; init; } = [];

    /// <summary>What the user wants of walls around commands.</summary>
    public SandboxWish Sandbox { get; init; } = SandboxWish.Default;

    public static PermissionPolicy Empty { get; } = new([]);

    /// <summary>What the rules say of a call.</summary>
    public PermissionVerdict Decide(PermissionKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var verdict = DecideParts(key);
        foreach (var path in verdict.Effect == RuleEffect.Deny ? [] : key.Reads)
        {
            // The strongest word counts.
            var hiding = FindHiding(path);
            if (hiding?.Effect == RuleEffect.Deny || hiding is not null && verdict.Effect != RuleEffect.Ask)
            {
                verdict = new PermissionVerdict(hiding.Effect, hiding);
            }
        }

        return verdict;
    }

    /// <summary>The rule that keeps a file from being read without the user; null when none does.</summary>
    /// <param name="path">As people see it.</param>
    public PermissionRule? FindHiding(string path)
    {
        var key = PermissionKey.OfPaths(PermissionKind.Read, ReadFile, path);
        return Rules.FirstOrDefault(rule => rule.Effect == RuleEffect.Deny && Hides(rule, key))
            ?? Rules.FirstOrDefault(rule => rule.Effect == RuleEffect.Ask && Hides(rule, key));
    }

    /// <summary>False when no rule keeps any file from being read.</summary>
    public bool HidesFiles => Rules.Any(rule => rule.Effect != RuleEffect.Allow && IsAboutFiles(rule));

    /// <summary>The tool that rules about reading a file name.</summary>
    private const string ReadFile = "read_file";

    private static bool IsAboutFiles(PermissionRule rule) =>
        !rule.IsWholeTool && rule.IsAboutTool(PermissionKey.OfPaths(PermissionKind.Read, ReadFile));

    private static bool Hides(PermissionRule rule, PermissionKey key) =>
        !rule.IsWholeTool && rule.Covers(key, key.Parts[0]);

    private PermissionVerdict DecideParts(PermissionKey key)
    {
        if (Find(key, RuleEffect.Deny, static (rule, key, part) => rule.Covers(key, part)) is { } denying)
        {
            return new PermissionVerdict(RuleEffect.Deny, denying);
        }

        // What may turn out to be forbidden is for the user to look at.
        var asking =
            Find(key, RuleEffect.Ask, static (rule, key, part) => rule.MayCover(key, part))
            ?? Find(key, RuleEffect.Deny, static (rule, key, part) => rule.MayCover(key, part));
        return asking is not null ? new PermissionVerdict(RuleEffect.Ask, asking)
            : FindAllowing(key) is { } allowing ? new PermissionVerdict(RuleEffect.Allow, allowing)
            : PermissionVerdict.None;
    }

    private PermissionRule? Find(
        PermissionKey key,
        RuleEffect effect,
        Func<PermissionRule, PermissionKey, PermissionPart, bool> isAbout
    )
    {
        foreach (var rule in Rules)
        {
            if (rule.Effect != effect)
            {
                continue;
            }

            foreach (var part in key.Parts)
            {
                if (isAbout(rule, key, part))
                {
                    return rule;
                }
            }

            if (rule.IsExactly(key))
            {
                return rule;
            }
        }

        return null;
    }

    /// <summary>One rule for the whole call, or one for each part that needs one.</summary>
    private PermissionRule? FindAllowing(PermissionKey key)
    {
        // The exact one first: it also passes over dangers, and over what the model has read.
        var found =
            Rules.FirstOrDefault(rule => rule.Effect == RuleEffect.Allow && rule.IsExactly(key))
            ?? Rules.FirstOrDefault(rule =>
                rule is { Effect: RuleEffect.Allow, IsWholeTool: true } && rule.IsAboutTool(key)
            );
        if (found is not null)
        {
            return found;
        }

        foreach (var part in key.Parts)
        {
            if (part.Reach == PartReach.Free)
            {
                continue;
            }

            found = part.Reach == PartReach.Open ? null : AllowingOf(key, part);
            if (found is null)
            {
                return null;
            }
        }

        return found;
    }

    private PermissionRule? AllowingOf(PermissionKey key, PermissionPart part)
    {
        foreach (var rule in Rules)
        {
            if (rule.Effect == RuleEffect.Allow && rule.Covers(key, part))
            {
                return rule;
            }
        }

        return null;
    }
}

/// <summary>What rules say of a call.</summary>
/// <param name="Effect">Null when no rule is about it.</param>
/// <param name="Rule">The rule that decided.</param>
public readonly record struct PermissionVerdict(RuleEffect? Effect, PermissionRule? Rule)
{
    public static PermissionVerdict None => default;
}
