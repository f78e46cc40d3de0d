using System.Text.Json.Serialization;
using Sage.Tools.Editor;
using Sage.Tools.Editor.Edits;
using Sage.Tools.Files;
using Sage.Tools.Files.Moving;
using Sage.Tools.Files.Patching;
using Sage.Tools.Planning;
using Sage.Tools.Search;
using Sage.Tools.Shell;
using Sage.Tools.Shell.Background;
using Sage.Tools.Skills;
using Sage.Tools.Subagents;
using Sage.Tools.Web;
using Sage.Tools.Web.Search;

namespace Sage.Tools.Schemas;

/// <summary>Source-generated JSON of the built-in tools' arguments: snake_case, nothing unknown, nothing missing.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(ApplyPatchInput))]
[JsonSerializable(typeof(AskUserInput))]
[JsonSerializable(typeof(CodeActionsInput))]
[JsonSerializable(typeof(CommandOutputInput))]
[JsonSerializable(typeof(DeleteFileInput))]
[JsonSerializable(typeof(DiagnosticsInput))]
[JsonSerializable(typeof(DocumentSymbolsInput))]
[JsonSerializable(typeof(EditFileInput))]
[JsonSerializable(typeof(ExitPlanModeInput))]
[JsonSerializable(typeof(FetchUrlInput))]
[JsonSerializable(typeof(GlobInput))]
[JsonSerializable(typeof(GrepInput))]
[JsonSerializable(typeof(ListDirectoryInput))]
[JsonSerializable(typeof(LoadSkillInput))]
[JsonSerializable(typeof(MoveFileInput))]
[JsonSerializable(typeof(NotebookEditInput))]
[JsonSerializable(typeof(ReadFileInput))]
[JsonSerializable(typeof(RenameSymbolInput))]
[JsonSerializable(typeof(RunCommandInput))]
[JsonSerializable(typeof(RunSubagentInput))]
[JsonSerializable(typeof(StopCommandInput))]
[JsonSerializable(typeof(SymbolInput))]
[JsonSerializable(typeof(UpdatePlanInput))]
[JsonSerializable(typeof(WebSearchInput))]
[JsonSerializable(typeof(WorkspaceSymbolsInput))]
[JsonSerializable(typeof(WriteFileInput))]
internal sealed partial class ToolInputJson : JsonSerializerContext;
