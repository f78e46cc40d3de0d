using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Sage.Agent.Commands;
using Sage.Agent.Extensions;
using Sage.Agent.Extensions.Mcp;
using Sage.Agent.Permissions;
using Sage.Agent.Secrets;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Commands;
using Sage.Extensibility.Mcp;
using Sage.Extensibility.Mcp.Configuration;
using Sage.Extensibility.Mcp.Prompts;
using Sage.Extensibility.Mcp.Resources;
using Sage.Protocol.Mcp;
using Sage.Protocol.Permissions;
using Sage.SupervisorHost;
using Sage.TestKit;
using Sage.TestKit.Agents;
using Sage.TestKit.Fakes;

namespace Sage.Extensibility.Tests.Mcp;

/// <summary>MCP servers in real processes under real supervisors, with a clock that the test moves.</summary>
internal sealed class McpRig : IMcpSettings, IProjectConsents, IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TempFolder _folder = new();

    public McpRig() =>
        Servers = new McpServers(
            new McpFiles(this),
            this,
            this,
            new FakePermissionRules(),
            Trust,
            TestSupervisor.Runner,
            Secrets,
            Editor,
            Time,
            Log
        );

    /// <summary>The editor that servers ask for a browser and for secrets.</summary>
    public FakeEditorHelp Editor { get; } = new();

    /// <summary>The user that servers ask.</summary>
    public RecordingClient Client { get; } = new();

    public ICommands Commands =>
        new AllCommands(
            new CommandFiles(new UserFolders(_folder["home"], _folder["home"]), Trust),
            new McpPrompts(Servers, Time)
        );

    public IResources Resources => new McpResources(Servers, Time);

    public McpServers Servers { get; }

    public WorkspaceTrust Trust { get; } = new();

    public SecretRedaction Secrets { get; } = new();

    public SignallingLog Log { get; } = new();

    public SignallingTime Time { get; } = new();

    /// <summary>The user's servers, as JSON.</summary>
    public string OwnServers { get; set; } = "{}";

    /// <summary>Tools that are switched off, by server.</summary>
    public Dictionary<string, SortedSet<string>> Off { get; } = [];

    /// <summary>The hashes of what the user has agreed to.</summary>
    public HashSet<string> Agreed { get; } = [];

    public Workspace Workspace => new(_folder.Root);

    /// <summary>What the servers have written down.</summary>
    public string[] Written => File.Exists(_folder["server.log"]) ? File.ReadAllLines(_folder["server.log"]) : [];

    public void WriteProject(string name, string text) => _folder.Write(name, text);

    /// <summary>One server of the user's: the test server with these options.</summary>
    public void Configure(string more = "", params string[] options) =>
        OwnServers = $$"""{ "test": {{Entry(more, options)}} }""";

    public string Entry(string more, params string[] options)
    {
        var (command, arguments) = TestSupervisor.McpServer([.. options, $"log={_folder["server.log"]}"]);
        return $$"""{ "command": {{Json(command)}}, "args": [{{string.Join(", ", arguments.Select(Json))}}]{{more}} }""";
    }

    public LateTools Read() => Servers.Read(Workspace);

    public ListMcpServersResult List() => Servers.List(Workspace);

    /// <summary>Starts what is configured, and waits until it says what it offers.</summary>
    public async Task<LateTools> ReadyAsync()
    {
        Read();
        await Log.SaidAsync("offers");
        return Read();
    }

    public Task<ToolResult> CallAsync(
        string tool,
        string text = "",
        Func<string, ValueTask>? output = null,
        CancellationToken cancellationToken = default
    )
    {
        var found = Read().Tools.Single(known => known.Definition.Name == tool);
        var context = new ToolContext(
            "s",
            "c",
            Workspace,
            new ReadTracker(),
            Client,
            output ?? (static _ => ValueTask.CompletedTask)
        );
        var input = JsonElement.Parse(text.StartsWith('{') ? text : $$"""{ "text": {{Json(text)}} }""");
        var prepared = Assert.IsType<Preparation.Accepted>(found.Prepare(input, context)).Call;
        return prepared.RunAsync(cancellationToken).WaitAsync(Patience, CancellationToken.None);
    }

    McpSettings IMcpSettings.Read() =>
        new("settings.json", _folder["home"])
        {
            Servers = JsonElement.Parse(OwnServers),
            DisabledTools = Off.ToImmutableDictionary(
                static pair => pair.Key,
                static pair => pair.Value.ToImmutableArray()
            ),
        };

    void IMcpSettings.SetTool(SetMcpToolParams change)
    {
        var off = Off.TryGetValue(change.Server, out var tools) ? tools : Off[change.Server] = [];
        _ = change.Enabled ? off.Remove(change.Tool) : off.Add(change.Tool);
    }

    public bool IsGiven(Workspace workspace, ProjectOffer offer) => Agreed.Contains(offer.Hash);

    public bool IsOpen(Workspace workspace, ProjectOffer offer) => !Agreed.Contains(offer.Hash);

    public void Answer(Workspace workspace, ProjectOffer offer, OfferAnswer answer) => Agreed.Add(offer.Hash);

    public void GiveForThisRun(Workspace workspace, ImmutableArray<ProjectOffer> offers) =>
        Agreed.UnionWith(offers.Select(offer => offer.Hash));

    public async ValueTask DisposeAsync()
    {
        await Servers.DisposeAsync();
        _folder.Dispose();
    }

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    /// <summary>A log whose lines a test waits for.</summary>
    internal sealed class SignallingLog : ILogger<McpServers>
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public async Task<string> SaidAsync(string words)
        {
            var seen = new List<string>();
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                while (true)
                {
                    seen.Add(await _lines.Reader.ReadAsync(patience.Token));
                    if (seen[^1].Contains(words, StringComparison.Ordinal))
                    {
                        return seen[^1];
                    }
                }
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"'{words}' was never said, but: {string.Join('\n', seen)}");
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => _lines.Writer.TryWrite(formatter(state, exception));
    }

    /// <summary>A clock that tells when somebody begins to wait, so that a test never moves it too early.</summary>
    internal sealed class SignallingTime : FakeTimeProvider
    {
        private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _waits.Writer.TryWrite(dueTime);
            return timer;
        }

        /// <summary>Waits until somebody waits for so long, and lets that time pass.</summary>
        public async Task PassAsync(TimeSpan wait)
        {
            using var patience = new CancellationTokenSource(Patience);
            await foreach (var waiting in _waits.Reader.ReadAllAsync(patience.Token))
            {
                if (waiting == wait)
                {
                    Advance(wait);
                    return;
                }
            }
        }
    }
}
