using System.Diagnostics;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sage.Server.Handlers.Workspaces;
using Sage.Server.Tests.Fakes;
using Sage.TestKit;
using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.EndToEnd;

/// <summary><c>sage --stdio</c> as a process, a strict client, and a scripted model over HTTP.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(20);
    private readonly Process _process;
    private readonly Task<string> _error;
    private bool _sharesFolders;

    private LiveServer(ScriptedModelServer model, TempFolder home, TempFolder folder)
    {
        (Model, Home, Folder) = (model, home, folder);
        _process = Process.Start(SageBinary.Start(Home.Root, "--stdio"))!;
        _error = _process.StandardError.ReadToEndAsync();
        Client = new LspClient(
            PipeReader.Create(_process.StandardOutput.BaseStream),
            PipeWriter.Create(_process.StandardInput.BaseStream)
        );
        Client.Start();
    }

    public ScriptedModelServer Model { get; }

    public LspClient Client { get; }

    public TempFolder Folder { get; }

    public TempFolder Home { get; }

    public int Pid => _process.Id;

    public static async Task<LiveServer> StartAsync() =>
        new(await ScriptedModelServer.StartAsync(), new TempFolder(), new TempFolder());

    /// <summary>Where the server's model is; the scripted one unless a test says otherwise. Tell the server when it changes.</summary>
    public string ModelUrl { get; set; } = "";

    /// <summary>Whether the editor says that its user trusts the folder; said in <c>initialize</c>.</summary>
    public bool IsTrusted { get; set; } = true;

    /// <summary>Members of what the editor says of itself in <c>initialize</c>, as JSON with a comma before each.</summary>
    public string MoreOptions { get; set; } = "";

    /// <summary>Members of the user's settings beside the model, as JSON with a comma before each.</summary>
    public string MoreSettings { get; set; } = "";

    /// <param name="format">Which the model speaks.</param>
    /// <param name="processId">The process that is the server's editor; the test's own when null.</param>
    public static async Task<LiveServer> InitializedAsync(
        WireFormat format = WireFormat.OpenAIChat,
        int? processId = null
    ) => await ConfiguredAsync(await StartAsync(), format, processId);

    /// <summary>Tells it where its model is and what the user's settings are.</summary>
    public Task ConfigureAsync(WireFormat format) => ConfiguredAsync(this, format, null);

    /// <summary>A new process for the same workspace, home and model.</summary>
    public Task<LiveServer> AgainAsync(WireFormat format = WireFormat.OpenAIChat) =>
        ConfiguredAsync(new LiveServer(Model, Home, Folder) { _sharesFolders = true }, format, null);

    /// <summary>As a crash would: no clean-up, no last word.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(EndsWithin);
    }

    private static async Task<LiveServer> ConfiguredAsync(LiveServer server, WireFormat format, int? processId)
    {
        var provider = ProviderOf(format);
        server.ModelUrl = format == WireFormat.Anthropic ? server.Model.Url : server.Model.OpenAIUrl;
        server.Client.Handle(
            "workspace/configuration",
            _ =>
                JsonNode.Parse(
                    $$"""[{"provider":"{{provider}}","baseUrl":"{{server.ModelUrl}}","model":"scripted-model"{{server.MoreSettings}}}]"""
                )
        );
        await server.InitializeAsync(processId ?? Environment.ProcessId);
        await server.Client.CallAsync("sage/model/setKey", $$"""{"provider":"{{provider}}","key":"a-key-for-tests"}""");
        return server;
    }

    private static string ProviderOf(WireFormat format) =>
        format switch
        {
            WireFormat.Anthropic => "anthropic",
            WireFormat.OpenAIResponses => "openai-responses",
            _ => "openai",
        };

    public async Task InitializeAsync(int processId)
    {
        await Client.CallAsync(
            "initialize",
            $$"""
            {"processId":{{processId}},
             "capabilities":{"workspace":{"applyEdit":true,"configuration":true} },
             "initializationOptions":{"clientVersion":"0.1.0","workspaceTrusted":{{(
                IsTrusted ? "true" : "false"
            )}}{{MoreOptions}} },
             "workspaceFolders":[{"uri":"{{FileUri.FromPath(Folder.Root)}}","name":"test"}]}
            """
        );
        await Client.NotifyAsync("initialized", "{}");
    }

    public async Task<string> NewSessionAsync() =>
        (await Client.CallAsync("sage/session/create", "{}")).GetProperty("sessionId").GetString()!;

    public Task<(string Id, Task<JsonElement> Answer)> PromptAsync(string session, string text, string mode = "ask") =>
        Client.SendRequestAsync(
            "sage/turn/run",
            $$"""{"sessionId":"{{session}}","mode":"{{mode}}","input":[{"type":"text","text":"{{text}}"}]}"""
        );

    /// <summary>What the server says runs in it.</summary>
    public async Task<JsonElement[]> WorkAsync() =>
        [.. (await Client.CallAsync("sage/runtime/snapshot", "{}")).GetProperty("work").EnumerateArray()];

    /// <summary>Asks until something of this kind is in this state.</summary>
    public async Task UntilWorkingAsync(string kind, string state)
    {
        var waited = Stopwatch.StartNew();
        while (!(await WorkAsync()).Any(work => Is(work, "kind", kind) && Is(work, "state", state)))
        {
            Assert.True(waited.Elapsed < EndsWithin, $"No {kind} got {state}.");
        }

        static bool Is(JsonElement work, string name, string value) => work.GetProperty(name).GetString() == value;
    }

    /// <summary>Waits for the process to end by itself.</summary>
    public async Task<(int ExitCode, string Error)> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(EndsWithin);
        await Client.Completion.WaitAsync(EndsWithin);
        return (_process.ExitCode, await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Client.HangUpAsync();
            await EndAsync();
        }

        _process.Dispose();
        if (_sharesFolders)
        {
            return;
        }

        await Model.DisposeAsync();
        Folder.Dispose();
        Home.Dispose();
    }
}
