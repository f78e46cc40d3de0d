using System.Text.Json.Serialization;
using Sage.Tools.Files;
using Sage.Tools.Planning;
using Sage.Tools.Search;
using Sage.Tools.Shell;
using Sage.Tools.Shell.Background;

namespace Sage.Tools.Schemas;

/// <summary>Source-generated JSON of the built-in tools' arguments: snake_case, nothing unknown, nothing missing.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(AskUserInput))]
[JsonSerializable(typeof(CommandOutputInput))]
[JsonSerializable(typeof(EditFileInput))]
[JsonSerializable(typeof(GlobInput))]
[JsonSerializable(typeof(GrepInput))]
[JsonSerializable(typeof(ListDirectoryInput))]
[JsonSerializable(typeof(ReadFileInput))]
[JsonSerializable(typeof(RunCommandInput))]
[JsonSerializable(typeof(StopCommandInput))]
[JsonSerializable(typeof(UpdatePlanInput))]
[JsonSerializable(typeof(WriteFileInput))]
internal sealed partial class ToolInputJson : JsonSerializerContext;
