namespace Sage.Protocol;

/// <summary>The name of every Sage request and notification on the wire, each written once.</summary>
public static class Methods
{
    /// <summary>Client → server, long-running: runs one turn and answers when it has ended.</summary>
    public const string RunTurn = "sage/turn/run";

    /// <summary>Client → server, long-running: goes on with a turn that asked the user when the server died.</summary>
    public const string ResumeTurn = "sage/turn/resume";

    /// <summary>Client → server: the second Stop, which waits for nothing.</summary>
    public const string KillTurn = "sage/turn/kill";

    /// <summary>Client → server: words for the turn that runs.</summary>
    public const string SteerTurn = "sage/turn/steer";

    /// <summary>Client → server: a prompt that waits for a turn of its own.</summary>
    public const string QueuePrompt = "sage/turn/queue";

    /// <summary>Client → server: other words for what waits.</summary>
    public const string EditQueued = "sage/turn/editQueued";

    /// <summary>Client → server: takes back what waits.</summary>
    public const string RemoveQueued = "sage/turn/removeQueued";

    /// <summary>Client → server: the order of what waits.</summary>
    public const string ReorderQueued = "sage/turn/reorderQueued";

    /// <summary>Client → server: makes a new, empty session.</summary>
    public const string CreateSession = "sage/session/create";

    /// <summary>Client → server: the sessions of the workspace, newest first.</summary>
    public const string ListSessions = "sage/session/list";

    /// <summary>Client → server: loads a session and returns its newest events.</summary>
    public const string OpenSession = "sage/session/open";

    /// <summary>Client → server: older events of a session.</summary>
    public const string PageSession = "sage/session/page";

    /// <summary>Client → server: makes a conversation shorter now.</summary>
    public const string CompactSession = "sage/session/compact";

    /// <summary>Client → server: what fills the context of the model.</summary>
    public const string DescribeContext = "sage/session/context";

    /// <summary>Client → server: what the model requests of a session have used.</summary>
    public const string DescribeCost = "sage/session/cost";

    /// <summary>Client → server: gives a session a name.</summary>
    public const string RenameSession = "sage/session/rename";

    /// <summary>Client → server: puts a session into the trash.</summary>
    public const string DeleteSession = "sage/session/delete";

    /// <summary>Client → server: takes a session out of the trash.</summary>
    public const string RestoreSession = "sage/session/restore";

    /// <summary>Client → server: makes a new session of the beginning of another.</summary>
    public const string ForkSession = "sage/session/fork";

    /// <summary>Client → server: a session as text, to be read or to be imported.</summary>
    public const string ExportSession = "sage/session/export";

    /// <summary>Client → server: makes a new session of an exported one.</summary>
    public const string ImportSession = "sage/session/import";

    /// <summary>Client → server: finds sessions by what was said in them.</summary>
    public const string SearchSessions = "sage/session/search";

    /// <summary>Client → server: ends one tool call; its turn goes on.</summary>
    public const string StopCall = "sage/call/stop";

    /// <summary>Client → server: words for one sub-agent that works.</summary>
    public const string SteerSubagent = "sage/subagent/steer";

    /// <summary>Client → server: the kinds of sub-agents that there are.</summary>
    public const string ListSubagents = "sage/subagent/list";

    /// <summary>Client → server: what runs in the background of a session.</summary>
    public const string ListBackground = "sage/background/list";

    /// <summary>Client → server: ends one background task.</summary>
    public const string StopBackground = "sage/background/stop";

    /// <summary>Client → server: ends one background task, for the user to go on with it in a terminal.</summary>
    public const string KeepBackground = "sage/background/keep";

    /// <summary>Client → server: the end of what a background task has said.</summary>
    public const string ReadBackgroundOutput = "sage/background/output";

    /// <summary>Client → server: makes the command of a running call a background task.</summary>
    public const string MoveToBackground = "sage/command/background";

    /// <summary>Client → server: what Sage changed and the user has not reviewed.</summary>
    public const string ListHunks = "sage/hunk/list";

    /// <summary>Client → server: a file without the changes to review.</summary>
    public const string ReadOriginal = "sage/hunk/original";

    /// <summary>Client → server: changes are reviewed and stay.</summary>
    public const string KeepHunks = "sage/hunk/keep";

    /// <summary>Client → server: changes are taken back.</summary>
    public const string UndoHunks = "sage/hunk/undo";

    /// <summary>Client → server: the points that files can be taken back to.</summary>
    public const string ListCheckpoints = "sage/checkpoint/list";

    /// <summary>Client → server: what restoring would do.</summary>
    public const string PreviewRestore = "sage/checkpoint/preview";

    /// <summary>Client → server: takes files back to before a turn.</summary>
    public const string Restore = "sage/checkpoint/restore";

    /// <summary>Client → server: takes back an undo or a restore.</summary>
    public const string RedoRestore = "sage/checkpoint/redo";

    /// <summary>Server → client notification: one <see cref="Events.EventEnvelope"/>.</summary>
    public const string Event = "sage/event";

    /// <summary>Server → client: may this tool call run?</summary>
    public const string RequestPermission = "sage/permission/request";

    /// <summary>Server → client: questions the model puts to the user.</summary>
    public const string AskQuestion = "sage/question/ask";

    /// <summary>Server → client: a plan that the user accepts, comments or refuses.</summary>
    public const string ReviewPlan = "sage/plan/review";

    /// <summary>Client → server: the models that can be chosen, and which one is.</summary>
    public const string ListModels = "sage/model/list";

    /// <summary>Client → server: the model that new turns use.</summary>
    public const string SelectModel = "sage/model/select";

    /// <summary>Client → server: hands over (or forgets) an API key. Keys travel only here and in <see cref="TestModel"/>.</summary>
    public const string SetModelKey = "sage/model/setKey";

    /// <summary>Client → server: the providers that can be connected, with what each needs.</summary>
    public const string ListProviders = "sage/model/providers";

    /// <summary>Client → server: asks a provider something, to see whether key and address are right.</summary>
    public const string TestModel = "sage/model/test";

    /// <summary>Server → client: the models of the editor.</summary>
    public const string ListEditorModels = "sage/editorModel/list";

    /// <summary>Server → client, long-running: asks a model of the editor and answers when its reply is complete.</summary>
    public const string AskEditorModel = "sage/editorModel/ask";

    /// <summary>Client → server: a piece of that reply; answered when there is room for the next.</summary>
    public const string EditorModelPart = "sage/editorModel/part";

    /// <summary>Client → server notification: the editor has other models now.</summary>
    public const string EditorModelsChanged = "sage/editorModel/changed";

    /// <summary>Client → server, notification: the skills that the editor's extensions bring.</summary>
    public const string ContributeSkills = "sage/skill/contribute";

    /// <summary>Client → server, long-running: rewrites a range; text streams as <c>$/progress</c> partial results.</summary>
    public const string RunInlineEdit = "sage/inlineEdit/run";

    /// <summary>Client → server, long-running: drafts the message of a commit.</summary>
    public const string WriteCommitMessage = "sage/commitMessage/write";

    /// <summary>Client → server: everything that runs in the server.</summary>
    public const string RuntimeSnapshot = "sage/runtime/snapshot";

    /// <summary>Client → server: what protects from commands that nobody looked at.</summary>
    public const string Protection = "sage/runtime/protection";

    /// <summary>Client → server: whether everything that Sage needs is there.</summary>
    public const string RunDoctor = "sage/runtime/doctor";

    /// <summary>Client → server: what the project brings along that the user has not decided about.</summary>
    public const string ListProjectOffers = "sage/project/offers";

    /// <summary>Client → server: what the user says to such an offer.</summary>
    public const string AnswerProjectOffer = "sage/project/answer";

    /// <summary>Client → server: the commands that a prompt can begin with.</summary>
    public const string ListCommands = "sage/commands/list";

    /// <summary>Client → server: the skills that the model can load.</summary>
    public const string ListSkills = "sage/skill/list";

    /// <summary>Client → server: the resources of MCP servers that a prompt can point at.</summary>
    public const string ListResources = "sage/mcp/resources";

    /// <summary>Server → client: an address that an MCP server wants the user to visit.</summary>
    public const string OpenAddress = "sage/mcp/openAddress";

    /// <summary>Server → client: what is kept for an MCP server in the editor's secret storage. Tokens travel only here and in <see cref="WriteMcpSecret"/>.</summary>
    public const string ReadMcpSecret = "sage/mcp/readSecret";

    /// <summary>Server → client: keeps something for an MCP server there, or forgets it.</summary>
    public const string WriteMcpSecret = "sage/mcp/writeSecret";

    /// <summary>Client → server: the files that the model reads before every prompt.</summary>
    public const string ListMemory = "sage/memory/list";

    /// <summary>Client → server: the MCP servers that are configured, and how they stand.</summary>
    public const string ListMcpServers = "sage/mcp/list";

    /// <summary>Client → server: starts an MCP server that does not run.</summary>
    public const string StartMcpServer = "sage/mcp/start";

    /// <summary>Client → server: ends an MCP server until it is started again.</summary>
    public const string StopMcpServer = "sage/mcp/stop";

    /// <summary>Client → server: ends an MCP server and starts it.</summary>
    public const string RestartMcpServer = "sage/mcp/restart";

    /// <summary>Client → server: switches a tool of an MCP server on or off.</summary>
    public const string SetMcpTool = "sage/mcp/setTool";

    /// <summary>Client → server: what an MCP server said, and what became of it.</summary>
    public const string ReadMcpLog = "sage/mcp/log";

    /// <summary>Client → server: the MCP servers that the user has configured in the editor.</summary>
    public const string UseEditorMcpServers = "sage/mcp/useEditorServers";

    /// <summary>Server → client notification: MCP servers stand otherwise, or have said something.</summary>
    public const string McpChanged = "sage/mcp/changed";

    /// <summary>Client → server: the hooks that the user and the project have set up.</summary>
    public const string ListHooks = "sage/hook/list";

    /// <summary>Client → server: runs one hook with a made-up event, to see what it would do.</summary>
    public const string TestHook = "sage/hook/test";

    /// <summary>Server → client: what the editor's language servers report.</summary>
    public const string ReadDiagnostics = "sage/editor/diagnostics";

    /// <summary>Server → client: where a symbol is used.</summary>
    public const string FindReferences = "sage/editor/references";

    /// <summary>Server → client: where a symbol is defined.</summary>
    public const string FindDefinitions = "sage/editor/definitions";

    /// <summary>Server → client: the outline of a file.</summary>
    public const string ListDocumentSymbols = "sage/editor/documentSymbols";

    /// <summary>Server → client: symbols by name.</summary>
    public const string FindWorkspaceSymbols = "sage/editor/workspaceSymbols";

    /// <summary>Server → client: what the editor tells of a symbol.</summary>
    public const string ReadHover = "sage/editor/hover";

    /// <summary>Server → client: what renaming a symbol would change.</summary>
    public const string RenameSymbol = "sage/editor/rename";

    /// <summary>Server → client: what the light bulb offers, or what one entry of it would change.</summary>
    public const string ListCodeActions = "sage/editor/codeActions";

    /// <summary>Server → client: save this open document (it was clean before Sage edited it).</summary>
    public const string SaveDocument = "sage/document/save";
}
