using System.Collections.Immutable;
using System.Text.Json;
using Sage.Protocol.Permissions;

namespace Sage.Storage.Permissions;

/// <summary>What the user has agreed to. Written by Sage, and easy to take lines out of by hand.</summary>
/// <param name="Workspaces">By the root of the workspace, then by kind.</param>
internal sealed record ConsentFile(
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, Consent>>? Workspaces = null
)
{
    public static ConsentFile None { get; } = new();

    /// <exception cref="JsonException">It is not such a file.</exception>
    public static ConsentFile Parse(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, LenientJson.ReaderOptions);
        return JsonSerializer.Deserialize(ref reader, PermissionJson.Default.ConsentFile) ?? None;
    }

    public Consent? Find(string root, string kind) =>
        Workspaces?.GetValueOrDefault(root) is { } ofRoot ? ofRoot.GetValueOrDefault(kind) : null;

    public ConsentFile With(string root, string kind, Consent consent)
    {
        var all = Workspaces ?? ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, Consent>>.Empty;
        var ofRoot = all.GetValueOrDefault(root) ?? ImmutableSortedDictionary<string, Consent>.Empty;
        return this with { Workspaces = all.SetItem(root, ofRoot.SetItem(kind, consent)) };
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, PermissionJson.Readable.ConsentFile);
}

/// <param name="Hash">Of what was shown and agreed to.</param>
/// <param name="Never">True when the user does not want to be asked.</param>
internal sealed record Consent(string? Hash = null, bool? Never = null)
{
    public bool Covers(ProjectOffer offer) => Never != true && Hash == offer.Hash;
}
