using System.Text.Json;
using Sage.Agent.Permissions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.TestKit;
using Sage.TestKit.Agents;
using Sage.TestKit.Fakes;
using Sage.Tools.Checkpoints.Commands;
using Sage.Tools.Files;
using Sage.Tools.Shell;

namespace Sage.Tools.Tests;

/// <summary>A workspace in a temporary folder, with an editor and a client, in which tools are called as the model calls them.</summary>
internal sealed class ToolBench : IDisposable
{
    private readonly TempFolder _temp = new();

    public ToolBench()
    {
        Directory.CreateDirectory(_temp["workspace"]);
        Directory.CreateDirectory(_temp["spill"]);
        Workspace = new Workspace(_temp["workspace"]);
        Paths = new WorkspacePaths(new FakeSpillFiles(_temp["spill"]), Skills, Rules);
        Files = new WorkspaceFiles(Paths, Editor);
        Commands = new CommandCheckpoints(Images);
    }

    public Workspace Workspace { get; }

    public WorkspacePaths Paths { get; }

    public WorkspaceFiles Files { get; }

    public FakePermissionRules Rules { get; } = new();

    public FakeSkills Skills { get; } = new();

    public FakeEditorDocuments Editor { get; } = new();

    public RecordingClient Client { get; } = new();

    public ReadTracker Reads { get; } = new();

    public List<string> Output { get; } = [];

    public MemoryFileImages Images { get; } = new();

    public CommandCheckpoints Commands { get; }

    public CommandSandbox Sandbox => new(_temp["home"]);

    public string SpillRoot => _temp["spill"];

    /// <summary>The folder that holds the workspace.</summary>
    public string Outside => _temp.Root;

    public string PathOf(string relativePath) => Path.Combine(Workspace.Root, relativePath);

    public string Write(string relativePath, string text) => _temp.Write(Path.Combine("workspace", relativePath), text);

    public string Write(string relativePath, byte[] bytes) =>
        _temp.Write(Path.Combine("workspace", relativePath), bytes);

    public string Read(string relativePath) => File.ReadAllText(PathOf(relativePath));

    public byte[] Bytes(string relativePath) => File.ReadAllBytes(PathOf(relativePath));

    public ToolContext Context(string callId = "call-1") =>
        new(
            "session-1",
            callId,
            Workspace,
            Reads,
            Client,
            text =>
            {
                lock (Output)
                {
                    Output.Add(text);
                }

                return ValueTask.CompletedTask;
            }
        )
        {
            // As after a prompt. Tests of walls say otherwise.
            Consent = new CallConsent(ConsentSource.User, SandboxWish.Default),
        };

    public Preparation Prepare(ITool tool, string json, ToolContext? context = null)
    {
        using var document = JsonDocument.Parse(json);
        return tool.Prepare(document.RootElement.Clone(), context ?? Context());
    }

    public PreparedCall Accept(ITool tool, string json, ToolContext? context = null) =>
        Prepare(tool, json, context) switch
        {
            Preparation.Accepted(var call) => call,
            Preparation.Rejected(var error) => throw new InvalidOperationException(error),
            _ => throw new InvalidOperationException(),
        };

    public string Reject(ITool tool, string json) => Assert.IsType<Preparation.Rejected>(Prepare(tool, json)).Error;

    public Task<ToolResult> RunAsync(ITool tool, string json, CancellationToken cancellationToken = default) =>
        RunAsync(tool, json, Context(), cancellationToken);

    public Task<ToolResult> RunAsync(
        ITool tool,
        string json,
        ToolContext context,
        CancellationToken cancellationToken = default
    ) => Accept(tool, json, context).RunAsync(cancellationToken);

    public void Dispose() => _temp.Dispose();
}
