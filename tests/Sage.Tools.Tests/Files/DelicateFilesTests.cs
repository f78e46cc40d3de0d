using Sage.Agent.Permissions;
using Sage.Tools.Files;

namespace Sage.Tools.Tests.Files;

public sealed class DelicateFilesTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(".env", true)]
    [InlineData(".env.production", true)]
    [InlineData(".ENV", true)]
    [InlineData(".env.example", false)]
    [InlineData("id_ed25519", true)]
    [InlineData("id_ed25519.pub", false)]
    [InlineData("server.pem", true)]
    [InlineData("credentials", true)]
    [InlineData("prod.tfvars", true)]
    [InlineData("environment.ts", false)]
    [InlineData("keys.ts", false)]
    [InlineData("credentials.ts", false)]
    public void What_may_hold_secrets_is_known_by_its_name(string name, bool secret) =>
        Assert.Equal(secret, DelicateFiles.LooksSecret(name));

    [Fact]
    public async Task Reading_a_secret_file_is_asked_about_also_through_a_link()
    {
        _bench.Write(".env", "KEY=1\n");
        File.CreateSymbolicLink(_bench.PathOf("notes.txt"), _bench.PathOf(".env"));
        var read = new ReadFileTool(_bench.Files);

        Assert.Equal(
            ".env may hold secrets, which would be sent to the model.",
            await DangerOf(read, """{"path":".env"}""")
        );
        Assert.Equal(
            "notes.txt may hold secrets, which would be sent to the model.",
            await DangerOf(read, """{"path":"notes.txt"}""")
        );
        _bench.Write("a.txt", "a\n");
        Assert.Null(await DangerOf(read, """{"path":"a.txt"}"""));
    }

    [Theory]
    [InlineData(".vscode/settings.json")]
    [InlineData("web/.vscode/tasks.json")]
    [InlineData("shop.code-workspace")]
    [InlineData(".envrc")]
    [InlineData(".husky/pre-commit")]
    [InlineData(".devcontainer/devcontainer.json")]
    public async Task Changing_what_other_programs_obey_is_asked_about(string path)
    {
        var write = new WriteFileTool(new FileRewriter(_bench.Files, _bench.Images));

        Assert.Equal(
            $"Other programs obey {path}: what is written there may be run without asking.",
            await DangerOf(write, $$"""{"path":"{{path}}","content":"{}"}""")
        );
    }

    [Fact]
    public async Task Changing_a_secret_file_shows_it_so_it_is_asked_about_too()
    {
        _bench.Write(".env", "KEY=1\n");
        var edit = new EditFileTool(new FileRewriter(_bench.Files, _bench.Images));

        Assert.NotNull(await DangerOf(edit, """{"path":".env","edits":[{"old_text":"KEY=1","new_text":"KEY=2"}]}"""));
    }

    private async Task<string?> DangerOf(Agent.ToolCalls.ITool tool, string input)
    {
        var preflight = await _bench.Accept(tool, input).PreflightAsync!(CancellationToken.None);
        Assert.NotEqual(DangerLevel.Grave, preflight.Danger?.Level);
        return preflight.Danger?.Text;
    }
}
