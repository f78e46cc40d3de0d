using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Sage.Agent.Extensions;
using Sage.Agent.Hooks;
using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Hooks;
using Sage.Extensibility.Hooks.Configuration;
using Sage.Extensibility.Tests.Mcp;
using Sage.Protocol.LanguageServer;
using Sage.Protocol.Permissions;
using Sage.SupervisorHost;
using Sage.TestKit;
using Sage.TestKit.Fakes;

namespace Sage.Extensibility.Tests.Hooks;

/// <summary>Hooks in real processes under real supervisors, with a clock that the test moves.</summary>
internal sealed class HookRig : IHookSettings, IProjectConsents, IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public HookRig() =>
        Hooks = new ConfiguredHooks(
            new HookFiles(this, new UserFolders(Home.Root, Home["me"])),
            this,
            Rules,
            Trust,
            TestSupervisor.Runner,
            Time,
            NullLogger<ConfiguredHooks>.Instance
        );

    public ConfiguredHooks Hooks { get; }

    public TempFolder Folder { get; } = new();

    public TempFolder Home { get; } = new();

    public WorkspaceTrust Trust { get; } = new();

    public FakePermissionRules Rules { get; } = new();

    public McpRig.SignallingTime Time { get; } = new();

    public HookConfiguration Options { get; set; } = new(Sandbox: HookSandbox.None);

    /// <summary>The user's hooks, as JSON.</summary>
    public string Own { get; set; } = "null";

    /// <summary>The hashes of what the user has agreed to.</summary>
    public HashSet<string> Agreed { get; } = [];

    public Workspace Workspace => new(Folder.Root);

    /// <summary>One hook of the user's.</summary>
    public void Configure(string moment, string command, string more = "") =>
        Own = $$"""{ "{{moment}}": [ { "hooks": [ {{Entry(command, more)}} ] } ] }""";

    public static string Entry(string command, string more = "") =>
        $$"""{ "type": "command", "command": {{Json(command)}}{{more}} }""";

    public static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    public Task<HookVerdict> RunAsync(HookEvent happened, CancellationToken cancellationToken = default) =>
        Hooks.RunAsync(happened, Workspace, cancellationToken).WaitAsync(Patience, CancellationToken.None);

    /// <summary>What the one hook says before a call.</summary>
    public async Task<HookAnswer> BeforeAsync(string tool = "run_command", string input = "{\"command\":\"ls\"}") =>
        Assert.Single((await RunAsync(Before(tool, input))).Answers);

    public HookEvent.BeforeTool Before(string tool = "run_command", string input = "{\"command\":\"ls\"}") =>
        new(Scene, Call(tool, input));

    public HookCall Call(string tool, string input) =>
        new(
            "c1",
            tool,
            JsonElement.Parse(input),
            [Folder["a.ts"]],
            PermissionKey.OfCommand(
                PermissionKind.Execute,
                tool,
                JsonElement.Parse(input) is var json && json.TryGetProperty("command", out var line)
                    ? line.GetString()!
                    : "",
                Sage.Agent.ShellLanguage.Shells.All,
                static _ => false
            )
        );

    public static HookScene Scene { get; } = new("s1", PermissionMode.AutoEdit);

    HookSettings IHookSettings.Read() =>
        new(Home["settings.json"], Home.Root)
        {
            Hooks = JsonElement.Parse(Own) is { ValueKind: JsonValueKind.Object } hooks ? hooks : null,
            Options = Options,
        };

    public bool IsGiven(Workspace workspace, ProjectOffer offer) => Agreed.Contains(offer.Hash);

    public bool IsOpen(Workspace workspace, ProjectOffer offer) => !Agreed.Contains(offer.Hash);

    public void Answer(Workspace workspace, ProjectOffer offer, OfferAnswer answer) => Agreed.Add(offer.Hash);

    public void GiveForThisRun(Workspace workspace, ImmutableArray<ProjectOffer> offers) =>
        Agreed.UnionWith(offers.Select(offer => offer.Hash));

    public void Dispose()
    {
        Folder.Dispose();
        Home.Dispose();
    }
}
