using System.Text.Json.Serialization;
using Sage.Protocol.BackgroundWork;
using Sage.Protocol.Checkpoints;
using Sage.Protocol.Commands;
using Sage.Protocol.EditorModels;
using Sage.Protocol.Events;
using Sage.Protocol.InlineEdits;
using Sage.Protocol.LanguageModels;
using Sage.Protocol.Memory;
using Sage.Protocol.Permissions;
using Sage.Protocol.Questions;
using Sage.Protocol.Runtime;
using Sage.Protocol.Sessions;
using Sage.Protocol.Skills;
using Sage.Protocol.Subagents;
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
[JsonSerializable(typeof(PageSessionParams))]
[JsonSerializable(typeof(PageSessionResult))]
[JsonSerializable(typeof(SessionSummary))]
[JsonSerializable(typeof(RenameSessionParams))]
[JsonSerializable(typeof(DeleteSessionParams))]
[JsonSerializable(typeof(RestoreSessionParams))]
[JsonSerializable(typeof(ForkSessionParams))]
[JsonSerializable(typeof(ForkSessionResult))]
[JsonSerializable(typeof(ExportSessionParams))]
[JsonSerializable(typeof(ExportSessionResult))]
[JsonSerializable(typeof(ExportedSession))]
[JsonSerializable(typeof(ImportSessionParams))]
[JsonSerializable(typeof(ImportSessionResult))]
[JsonSerializable(typeof(SearchSessionsParams))]
[JsonSerializable(typeof(SearchSessionsResult))]
[JsonSerializable(typeof(RunTurnParams))]
[JsonSerializable(typeof(RunTurnResult))]
[JsonSerializable(typeof(CompactSessionParams))]
[JsonSerializable(typeof(CompactSessionResult))]
[JsonSerializable(typeof(ResumeTurnParams))]
[JsonSerializable(typeof(KillTurnParams))]
[JsonSerializable(typeof(StopSubagentParams))]
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
[JsonSerializable(typeof(KeepBackgroundParams))]
[JsonSerializable(typeof(KeepBackgroundResult))]
[JsonSerializable(typeof(ReadBackgroundOutputParams))]
[JsonSerializable(typeof(ReadBackgroundOutputResult))]
[JsonSerializable(typeof(MoveToBackgroundParams))]
[JsonSerializable(typeof(MoveToBackgroundResult))]
[JsonSerializable(typeof(ListModelsParams))]
[JsonSerializable(typeof(ListModelsResult))]
[JsonSerializable(typeof(SelectModelParams))]
[JsonSerializable(typeof(SetModelKeyParams))]
[JsonSerializable(typeof(ListProvidersParams))]
[JsonSerializable(typeof(ListProvidersResult))]
[JsonSerializable(typeof(TestModelParams))]
[JsonSerializable(typeof(TestModelResult))]
[JsonSerializable(typeof(ListEditorModelsParams))]
[JsonSerializable(typeof(ListEditorModelsResult))]
[JsonSerializable(typeof(AskEditorModelParams))]
[JsonSerializable(typeof(AskEditorModelResult))]
[JsonSerializable(typeof(EditorModelPartParams))]
[JsonSerializable(typeof(EditorModelsChangedParams))]
[JsonSerializable(typeof(ContributeSkillsParams))]
[JsonSerializable(typeof(RunInlineEditParams))]
[JsonSerializable(typeof(RunInlineEditResult))]
[JsonSerializable(typeof(InlineEditProgress))]
[JsonSerializable(typeof(ListHunksParams))]
[JsonSerializable(typeof(ListHunksResult))]
[JsonSerializable(typeof(ReadOriginalParams))]
[JsonSerializable(typeof(ReadOriginalResult))]
[JsonSerializable(typeof(KeepHunksParams))]
[JsonSerializable(typeof(UndoHunksParams))]
[JsonSerializable(typeof(RestoreResult))]
[JsonSerializable(typeof(ListCheckpointsParams))]
[JsonSerializable(typeof(ListCheckpointsResult))]
[JsonSerializable(typeof(PreviewRestoreParams))]
[JsonSerializable(typeof(PreviewRestoreResult))]
[JsonSerializable(typeof(RestoreParams))]
[JsonSerializable(typeof(RedoRestoreParams))]
[JsonSerializable(typeof(SaveDocumentParams))]
[JsonSerializable(typeof(SaveDocumentResult))]
[JsonSerializable(typeof(RuntimeSnapshotParams))]
[JsonSerializable(typeof(RuntimeSnapshotResult))]
[JsonSerializable(typeof(ProtectionParams))]
[JsonSerializable(typeof(ProtectionResult))]
[JsonSerializable(typeof(ListProjectOffersParams))]
[JsonSerializable(typeof(AnswerProjectOfferParams))]
[JsonSerializable(typeof(ProjectOffers))]
[JsonSerializable(typeof(ListCommandsParams))]
[JsonSerializable(typeof(DescribeContextParams))]
[JsonSerializable(typeof(DescribeContextResult))]
[JsonSerializable(typeof(DescribeCostParams))]
[JsonSerializable(typeof(DescribeCostResult))]
[JsonSerializable(typeof(RunDoctorParams))]
[JsonSerializable(typeof(RunDoctorResult))]
[JsonSerializable(typeof(ListSkillsParams))]
[JsonSerializable(typeof(ListSkillsResult))]
[JsonSerializable(typeof(ListMemoryParams))]
[JsonSerializable(typeof(ListCommandsResult))]
[JsonSerializable(typeof(ListMemoryResult))]
[JsonSerializable(typeof(Done))]
public sealed partial class ProtocolJson : JsonSerializerContext;
