using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sage.Agent.Permissions;

namespace Sage.Storage.Permissions;

/// <summary>What the user had saved from answers. Written by Sage, and easy to take lines out of by hand.</summary>
/// <param name="User">Rules that allow, everywhere.</param>
/// <param name="Workspaces">Rules that allow, by the root of the workspace.</param>
internal sealed record SavedRules(
    ImmutableArray<string>? User = null,
    ImmutableSortedDictionary<string, ImmutableArray<string>>? Workspaces = null
)
{
    private static readonly RuleSource Everywhere = new(RuleSourceKind.SavedForUser);
    private static readonly RuleSource Here = new(RuleSourceKind.SavedForWorkspace);

    public static SavedRules None { get; } = new();

    public static FileRules Parse(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, LenientJson.ReaderOptions);
        var saved = JsonSerializer.Deserialize(ref reader, PermissionJson.Default.SavedRules) ?? None;
        return new FileRules(Parse(saved.User, Everywhere)) { Saved = saved };
    }

    /// <summary>What holds in a workspace.</summary>
    public ImmutableArray<PermissionRule> Of(string root) =>
        Workspaces?.TryGetValue(root, out var rules) == true ? Parse(rules, Here) : [];

    /// <param name="root">Null for everywhere.</param>
    public SavedRules With(string? root, string rule)
    {
        if (root is null)
        {
            return this with { User = Add(User, rule) };
        }

        var workspaces = Workspaces ?? ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
        ImmutableArray<string>? known = workspaces.TryGetValue(root, out var rules) ? rules : null;
        return this with { Workspaces = workspaces.SetItem(root, Add(known, rule)) };
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, PermissionJson.Readable.SavedRules);

    private static ImmutableArray<string> Add(ImmutableArray<string>? rules, string rule)
    {
        ImmutableArray<string> known = rules is { IsDefault: false } given ? given : [];
        return known.Contains(rule) ? known : known.Add(rule);
    }

    // A line that a hand has broken allows nothing.
    private static ImmutableArray<PermissionRule> Parse(ImmutableArray<string>? rules, RuleSource source) =>
        rules is { IsDefault: false } given
            ?
            [
                .. given
                    .Select(rule => PermissionRule.TryParse(rule, RuleEffect.Allow, source))
                    .OfType<PermissionRule>(),
            ]
            : [];
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SavedRules))]
[JsonSerializable(typeof(PolicyFile))]
[JsonSerializable(typeof(ConsentFile))]
internal sealed partial class PermissionJson : JsonSerializerContext
{
    /// <summary>For a file that people look at.</summary>
    public static PermissionJson Readable { get; } =
        new(
            new JsonSerializerOptions(JsonSerializerDefaults.Web)
            {
                WriteIndented = true,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
