using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sage.Agent.Extensions;
using Sage.Agent.LanguageModels;
using Sage.Agent.ToolCalls;
using Sage.Providers.Catalog;
using Sage.Server.Handlers.Workspaces;
using Sage.Server.Hosting;
using Sage.Storage;
using Sage.TestKit;
using Sage.TestKit.Agents;

namespace Sage.Server.Tests.Fakes;

/// <summary>The real language server and a strict client, joined by two pipes in this process; the model and the tools are scripted.</summary>
internal sealed class ServerRig : IAsyncDisposable
{
    private readonly Pipe _toServer = new();
    private readonly Pipe _toClient = new();
    private readonly ServiceProvider _services;
    private readonly TempFolder _folder;
    private readonly TempFolder _home;
    private readonly bool _isBesideAnother;

    /// <param name="tools">What the agent has.</param>
    /// <param name="configure">Replaces more of it.</param>
    /// <param name="beside">Another window on the same folder and the same home.</param>
    public ServerRig(
        IEnumerable<ITool>? tools = null,
        Action<IServiceCollection>? configure = null,
        ServerRig? beside = null
    )
    {
        (_folder, _home, _isBesideAnother) = (
            beside?._folder ?? new TempFolder(),
            beside?._home ?? new TempFolder(),
            beside is not null
        );
        _services = SageHost.ForEditor(services =>
        {
            services.AddSingleton<ILanguageModels>(Models);
            services.AddSingleton<IProviderSettings>(Models);
            services.AddSingleton<IJournals>(Journals);
            services.AddSingleton<IAttachmentReader>(new PlainAttachments());
            services.AddSingleton(new SageHome(_home.Root));
            services.AddSingleton(new ToolCatalog(tools ?? []));
            services.RemoveAll<IPromptSource>();
            configure?.Invoke(services);
        });
        Client = new LspClient(_toClient.Reader, _toServer.Writer);
    }

    public FakeModels Models { get; } = new();

    public MemoryJournals Journals { get; } = new();

    public LspClient Client { get; }

    public TempFolder Folder => _folder;

    public TempFolder Home => _home;

    /// <summary>Completes with the exit code.</summary>
    public Task<int> Server { get; private set; } = Task.FromResult(0);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Starts without saying <c>initialize</c>.</summary>
    public ServerRig Start()
    {
        Client.Start();
        Server = Task.Run(RunAsync);
        return this;
    }

    /// <summary>Starts and initializes like an editor with one folder open.</summary>
    public static Task<ServerRig> InitializedAsync(params IEnumerable<ITool> tools) =>
        InitializedAsync(new ServerRig(tools));

    /// <summary>The same with sessions on the disk, alone or as another window beside one.</summary>
    public static Task<ServerRig> InitializedOnDiskAsync(ServerRig? beside = null, params IEnumerable<ITool> tools) =>
        InitializedAsync(new ServerRig(tools, services => services.Remove(services.Last(IsJournals)), beside));

    private static bool IsJournals(ServiceDescriptor service) => service.ServiceType == typeof(IJournals);

    private static async Task<ServerRig> InitializedAsync(ServerRig rig)
    {
        rig.Start();
        rig.Client.Handle(
            "workspace/configuration",
            _ => JsonNode.Parse("""[{"provider":"","codeActions":{"enabled":true}}]""")
        );
        await rig.InitializeAsync();
        return rig;
    }

    public Task<JsonElement> InitializeAsync(string options = """{"clientVersion":"0.1.0"}""") =>
        Client.CallAsync(
            "initialize",
            $$"""
            {"processId":null,"rootUri":null,
             "capabilities":{"workspace":{"applyEdit":true,"configuration":true} },
             "initializationOptions":{{options}},
             "workspaceFolders":[{"uri":"{{FileUri.FromPath(_folder.Root)}}","name":"test"}]}
            """
        );

    public async Task<string> NewSessionAsync() =>
        (await Client.CallAsync("sage/session/create", "{}")).GetProperty("sessionId").GetString()!;

    /// <summary>What the server has logged so far; it makes its file when it first has something to say.</summary>
    public async Task<string> ReadLogAsync()
    {
        var text = new StringBuilder();
        foreach (var file in Directory.Exists(_home["logs"]) ? Directory.GetFiles(_home["logs"]) : [])
        {
            // Shared with the server under test, which still has it open.
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await Client.HangUpAsync();
        await Server;
        await Client.Completion;
        await _services.DisposeAsync();
        if (!_isBesideAnother)
        {
            _folder.Dispose();
            _home.Dispose();
        }
    }

    private async Task<int> RunAsync()
    {
        var exitCode = await new LanguageServer(_services).RunAsync(new Duplex(_toServer.Reader, _toClient.Writer));
        await _toClient.Writer.CompleteAsync();
        return exitCode;
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
