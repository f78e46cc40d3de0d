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

    private LiveServer(ScriptedModelServer model)
    {
        Model = model;
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

    public TempFolder Folder { get; } = new();

    public TempFolder Home { get; } = new();

    public int Pid => _process.Id;

    public static async Task<LiveServer> StartAsync() => new(await ScriptedModelServer.StartAsync());

    public static async Task<LiveServer> InitializedAsync()
    {
        var server = await StartAsync();
        server.Client.Handle(
            "workspace/configuration",
            _ =>
                JsonNode.Parse(
                    $$"""[{"provider":"openai","baseUrl":"{{server.Model.OpenAIUrl}}","model":"scripted-model"}]"""
                )
        );
        await server.InitializeAsync(Environment.ProcessId);
        await server.Client.CallAsync("sage/model/setKey", """{"provider":"openai","key":"a-key-for-tests"}""");
        return server;
    }

    public async Task InitializeAsync(int processId)
    {
        await Client.CallAsync(
            "initialize",
            $$"""
            {"processId":{{processId}},
             "capabilities":{"workspace":{"applyEdit":true,"configuration":true} },
             "initializationOptions":{"clientVersion":"0.1.0","workspaceTrusted":true},
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
        await Model.DisposeAsync();
        Folder.Dispose();
        Home.Dispose();
    }
}
