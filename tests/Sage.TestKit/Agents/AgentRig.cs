using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sage.Agent.Extensions;
using Sage.Agent.LanguageModels;
using Sage.Agent.Runtime;
using Sage.Agent.Secrets;
using Sage.Agent.Sessions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Turns;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.LanguageModels;
using Sage.Protocol.Permissions;
using Sage.Protocol.Turns;
using Sage.TestKit.Fakes;

namespace Sage.TestKit.Agents;

/// <summary>The agent with everything around it in memory: one scripted model, the test's tools, a recording client.</summary>
public sealed class AgentRig : IAsyncDisposable
{
    private SessionRegistry? _sessions;

    public AgentRig() => Work = new WorkTree(Time);

    public ScriptedChatClient Model { get; } = new();

    public RecordingClient Client { get; } = new();

    public MemoryJournals Journals { get; } = new();

    /// <summary>Journals in place of those in memory.</summary>
    public IJournals? OtherJournals { get; init; }

    public FakeTimeProvider Time { get; } = new();

    public WorkTree Work { get; }

    /// <summary>Of the model; null leaves it unknown.</summary>
    public int? ContextWindow { get; set; }

    /// <summary>Of the model; null leaves it unknown.</summary>
    public ModelPrice? Price { get; set; }

    /// <summary>What else can be chosen, by id.</summary>
    public Dictionary<string, LanguageModel> OtherModels { get; } = [];

    /// <summary>The ids that stand in for the model.</summary>
    public ImmutableArray<string> Fallbacks { get; set; } = [];

    public LanguageModel? SmallModel { get; set; }

    /// <summary>True when the settings name one that is not there.</summary>
    public bool SmallModelIsUnknown { get; set; }

    public FakeCommands Commands { get; } = new();

    public FakeFolderRules FolderRules { get; } = new();

    public FakeSubagentKinds SubagentKinds { get; } = new();

    public FakeResources Resources { get; } = new();

    public List<ITool> Tools { get; } = [];

    public FakeToolSource LateTools { get; } = new();

    public FakePermissionRules Rules { get; } = new();

    public FakeHooks Hooks { get; } = new();

    public FakeEditorKnowledge Editor { get; } = new() { IsThere = false };

    public SecretRedaction Secrets { get; } = new();

    public Workspace Workspace { get; init; } =
        new(Path.GetFullPath(Path.GetTempPath().TrimEnd(Path.DirectorySeparatorChar)));

    public SessionRegistry Sessions =>
        _sessions ??= new SessionRegistry(
            new OneModel(this),
            new ToolCatalog(Tools),
            LateTools,
            [],
            Client,
            OtherJournals ?? Journals,
            new PlainAttachments(),
            Resources,
            new NoSpill(),
            Commands,
            FolderRules,
            SubagentKinds,
            new NoCheckpointFiles(),
            Rules,
            Hooks,
            Editor,
            Secrets,
            Work,
            Time,
            NullLoggerFactory.Instance
        );

    public Task<Session> NewSessionAsync() => Sessions.CreateAsync(Workspace, CancellationToken.None);

    /// <summary>Runs one prompt in a new session.</summary>
    public async Task<RunTurnResult> RunAsync(
        string prompt,
        PermissionMode mode = PermissionMode.Full,
        TurnLimits? limits = null,
        CancellationToken cancellationToken = default
    ) => await RunAsync(await NewSessionAsync(), prompt, mode, limits, cancellationToken);

    public static Task<RunTurnResult> RunAsync(
        Session session,
        string prompt,
        PermissionMode mode = PermissionMode.Full,
        TurnLimits? limits = null,
        CancellationToken cancellationToken = default
    ) =>
        session.RunTurnAsync(
            new RunTurnParams(session.Id, [new TextPart(prompt)], mode),
            limits ?? TurnLimits.Default,
            cancellationToken
        );

    /// <summary>Forgets everything in memory, as a new process would; the journals stay.</summary>
    public async Task RestartAsync()
    {
        await Sessions.DisposeAsync();
        _sessions = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_sessions is not null)
        {
            await _sessions.DisposeAsync();
        }
    }

    private sealed class OneModel(AgentRig rig) : ILanguageModels
    {
        public Task<ListModelsResult> ListAsync(CancellationToken cancellationToken) =>
            Task.FromResult(
                new ListModelsResult([new ModelSummary("test/scripted", "test", "Scripted", true)], "test/scripted")
            );

        public void Select(string id) { }

        public void SetKey(string provider, string? key) { }

        public Task<LanguageModel> ResolveAsync(string? id, CancellationToken cancellationToken) =>
            Task.FromResult(
                id is not null and not "test/scripted"
                    ? rig.OtherModels.GetValueOrDefault(id)
                        ?? throw new SageException(ErrorCodes.UnknownModel, $"There is no model {id}.")
                    : new LanguageModel("test/scripted", "Scripted", rig.Model, rig.ContextWindow, rig.Price)
            );

        public Task<LanguageModel?> ResolveSmallAsync(LanguageModel beside, CancellationToken cancellationToken) =>
            rig.SmallModelIsUnknown
                ? throw new SageException(ErrorCodes.UnknownModel, "There is no such small model.")
                : Task.FromResult(rig.SmallModel);

        public ImmutableArray<string> Fallbacks => rig.Fallbacks;
    }

    private sealed class PlainAttachments : IAttachmentReader
    {
        public Task<InputPart> ReadAsync(FilePart file, Workspace workspace, CancellationToken cancellationToken) =>
            Task.FromResult<InputPart>(file);
    }

    private sealed class NoSpill : ISpillFiles
    {
        public string Root => "/spill";

        public Stream Create(string sessionId, string callId, out string fullPath)
        {
            fullPath = $"/spill/{sessionId}/{callId}.txt";
            return new MemoryStream();
        }
    }
}
