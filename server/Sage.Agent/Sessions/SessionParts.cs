using Microsoft.Extensions.Logging;
using Sage.Agent.Commands;
using Sage.Agent.Context;
using Sage.Agent.EditorKnowledge;
using Sage.Agent.Extensions;
using Sage.Agent.Extensions.Mcp;
using Sage.Agent.Hooks;
using Sage.Agent.LanguageModels;
using Sage.Agent.Memory;
using Sage.Agent.Runtime;
using Sage.Agent.Secrets;
using Sage.Agent.Subagents;
using Sage.Agent.ToolCalls;

namespace Sage.Agent.Sessions;

/// <summary>What every session of a process shares.</summary>
internal sealed record SessionParts(
    ILanguageModels Models,
    ToolCatalog Tools,
    IToolSource LateTools,
    WorkspaceLocks Locks,
    ContextBuilder Context,
    IClient Client,
    IAttachmentReader Attachments,
    IResources Resources,
    ISpillFiles Spill,
    ICommands Commands,
    IFolderRules FolderRules,
    ISubagentKinds SubagentKinds,
    ICheckpointFiles Checkpoints,
    IPermissionRules Rules,
    IHooks Hooks,
    IEditorKnowledge Editor,
    SecretRedaction Secrets,
    WorkTree Work,
    TimeProvider Time,
    ILoggerFactory Loggers
);
