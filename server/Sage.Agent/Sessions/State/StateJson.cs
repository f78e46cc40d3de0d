using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sage.Agent.Checkpoints;
using Sage.Agent.Context;
using Sage.Agent.Permissions;

namespace Sage.Agent.Sessions.State;

/// <summary>Source-generated JSON of what snapshots hold.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(ConversationState))]
[JsonSerializable(typeof(SessionFactsState))]
[JsonSerializable(typeof(CrashRepairState))]
[JsonSerializable(typeof(ChangeLogState))]
[JsonSerializable(typeof(RaisedBarState))]
[JsonSerializable(typeof(SpendingState))]
internal sealed partial class StateJson : JsonSerializerContext;

/// <summary>Writes and reads saved states: whatever is wrong with one is a <see cref="JsonException"/>.</summary>
internal static class SavedState
{
    /// <summary>The input of a tool call may by itself be as deep as the default allows.</summary>
    public static StateJson Json { get; } = new(new(StateJson.Default.Options) { MaxDepth = 512 });

    public static T Read<T>(JsonElement saved, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return saved.Deserialize(type) ?? throw new JsonException("A state is missing.");
        }
        catch (Exception error) when (error is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new JsonException("A state cannot be read.", error);
        }
    }
}
