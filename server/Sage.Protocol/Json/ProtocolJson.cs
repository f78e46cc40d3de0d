using System.Text.Json.Serialization;
using Sage.Protocol.BackgroundWork;
using Sage.Protocol.Events;
using Sage.Protocol.InlineEdits;
using Sage.Protocol.LanguageModels;
using Sage.Protocol.Permissions;
using Sage.Protocol.Questions;
using Sage.Protocol.Runtime;
using Sage.Protocol.Sessions;
using Sage.Protocol.Turns;

namespace Sage.Protocol.Json;

/// <summary>Source-generated JSON for everything that crosses the wire; also the journal's format.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(EventEnvelope))]
[JsonSerializable(typeof(SessionEvent))]
[JsonSerializable(typeof(CreateSessionParams))]
[JsonSerializable(typeof(CreateSessionResult))]
[JsonSerializable(typeof(ListSessionsParams))]
[JsonSerializable(typeof(ListSessionsResult))]
[JsonSerializable(typeof(OpenSessionParams))]
[JsonSerializable(typeof(OpenSessionResult))]
[JsonSerializable(typeof(RunTurnParams))]
[JsonSerializable(typeof(RunTurnResult))]
[JsonSerializable(typeof(CompactSessionParams))]
[JsonSerializable(typeof(CompactSessionResult))]
[JsonSerializable(typeof(ResumeTurnParams))]
[JsonSerializable(typeof(KillTurnParams))]
[JsonSerializable(typeof(SteerTurnParams))]
[JsonSerializable(typeof(QueuePromptParams))]
[JsonSerializable(typeof(EditQueuedParams))]
[JsonSerializable(typeof(RemoveQueuedParams))]
[JsonSerializable(typeof(ReorderQueuedParams))]
[JsonSerializable(typeof(PermissionRequestParams))]
[JsonSerializable(typeof(PermissionRequestResult))]
[JsonSerializable(typeof(AskQuestionParams))]
[JsonSerializable(typeof(AskQuestionResult))]
[JsonSerializable(typeof(ListBackgroundParams))]
[JsonSerializable(typeof(ListBackgroundResult))]
[JsonSerializable(typeof(StopBackgroundParams))]
[JsonSerializable(typeof(ReadBackgroundOutputParams))]
[JsonSerializable(typeof(ReadBackgroundOutputResult))]
[JsonSerializable(typeof(MoveToBackgroundParams))]
[JsonSerializable(typeof(MoveToBackgroundResult))]
[JsonSerializable(typeof(ListModelsParams))]
[JsonSerializable(typeof(ListModelsResult))]
[JsonSerializable(typeof(SelectModelParams))]
[JsonSerializable(typeof(SetModelKeyParams))]
[JsonSerializable(typeof(RunInlineEditParams))]
[JsonSerializable(typeof(RunInlineEditResult))]
[JsonSerializable(typeof(InlineEditProgress))]
[JsonSerializable(typeof(SaveDocumentParams))]
[JsonSerializable(typeof(SaveDocumentResult))]
[JsonSerializable(typeof(RuntimeSnapshotParams))]
[JsonSerializable(typeof(RuntimeSnapshotResult))]
[JsonSerializable(typeof(Done))]
public sealed partial class ProtocolJson : JsonSerializerContext;
