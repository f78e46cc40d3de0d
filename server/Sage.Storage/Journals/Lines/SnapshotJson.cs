using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sage.Storage.Journals.Lines;

/// <summary>Source-generated JSON of the lines that are snapshots.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(SnapshotLine))]
internal sealed partial class SnapshotJson : JsonSerializerContext;

/// <summary>A line that is a snapshot, behind its checksum.</summary>
internal sealed record SnapshotLine(StoredSnapshot Snapshot);

/// <param name="Version">The journal's format.</param>
/// <param name="Seq">The last event that is in it.</param>
/// <param name="Parts">What each fold has saved.</param>
internal sealed record StoredSnapshot(int Version, long Seq, Dictionary<string, JsonElement> Parts);
