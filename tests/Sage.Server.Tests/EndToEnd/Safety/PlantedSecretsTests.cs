using Sage.Server.Tests.EndToEnd.Headless;

namespace Sage.Server.Tests.EndToEnd.Safety;

/// <summary>Plants secrets wherever one can come in, and looks for them in everything that the published program writes.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PlantedSecretsTests : HeadlessTest
{
    // Each in a place of its own, so that a failure names the leak.
    private const string OwnKey = "own-key-without-a-shape.7";
    private const string InEnvironment = "environment+secret/42=";
    private const string InFile = "ghp_inTheFileThatIsRead0123456789abcdefghi";
    private const string InOutput = "glpat-inTheOutput0123456789ab";
    private const string InPrompt = "sk-proj-inThePrompt0123456789abcdef";
    private const string InReply = "xai-inTheReply0123456789abcdef";
    private const string InError = "sk-ant-api03-inTheErrorOfTheProvider01";
    private const string InPrivateKey = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";

    [Fact]
    public async Task No_secret_is_in_a_journal_a_log_a_spill_file_the_output_or_a_later_request()
    {
        Folder.Write("settings.py", $"TOKEN = '{InFile}'\nNAME = 'sage'\n");
        Folder.Write("id", $"-----BEGIN PRIVATE KEY-----\n{InPrivateKey}\n-----END PRIVATE KEY-----\n");
        var lines = "for i in $(seq 1 4000); do echo line $i of the output; done";
        Model.Reply(r =>
            r.Text($"I saw {InReply} there.", pieces: 9)
                .ToolCall("read_file", new { path = "settings.py" })
                .ToolCall(
                    "grep",
                    new
                    {
                        pattern = "TOKEN|BEGIN",
                        context = 2,
                        output = "content",
                    }
                )
                .ToolCall("edit_file", Edit("NAME = 'sage'", "NAME = 'heron'"))
                .ToolCall(
                    "run_command",
                    new { command = $"{lines}; printf glpat-; sleep 0.1; echo inTheOutput0123456789ab; {lines}" }
                )
                .ToolCall("run_command", new { command = $"cat id; echo {OwnKey}; printenv PLANTED_TOKEN" })
        );
        Model.Reply(r => r.Http(401, $"Incorrect API key provided: {InError}"));

        var (code, output, errors) = await RunAsync($"Call it with {InPrompt}");

        Assert.Equal(1, code);
        Assert.Contains("[secret hidden by Sage]", output, StringComparison.Ordinal);
        Assert.Equal("TOKEN = '" + InFile + "'\nNAME = 'heron'\n", await File.ReadAllTextAsync(Folder["settings.py"]));
        AssertClean("what was printed", output + errors);
        AssertClean(
            "what the model was sent",
            string.Concat(Model.ModelRequests.Select(request => request.Body.ToString()))
        );
        Assert.Contains(Written(), file => file.Path.Contains("spill", StringComparison.Ordinal));
        Assert.All(Written(), static file => AssertClean(file.Path, file.Text));
    }

    [Fact]
    public async Task What_is_written_is_for_nobody_else()
    {
        Model.Reply(r => r.ToolCall("run_command", new { command = "seq 1 20000" }));
        Model.Reply(r => r.Text("Done."));

        await RunAsync("go");

        Assert.NotEmpty(Written());
        Assert.All(Written(), static file => Assert.True(IsPrivate(file.Path), file.Path));
    }

    private static bool IsPrivate(string path) =>
        OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) == UnixFileMode.None;

    private static object Edit(string from, string to) =>
        new { path = "settings.py", edits = new[] { new { old_text = from, new_text = to } } };

    // What a file held before it was changed is kept as it was, or it could not be had back.
    private IEnumerable<(string Path, string Text)> Written() =>
        Directory
            .EnumerateFiles(Home.Root, "*", SearchOption.AllDirectories)
            .Where(path => !path.StartsWith(Home["checkpoints"], StringComparison.Ordinal))
            .Select(path => (path, File.ReadAllText(path)));

    private static void AssertClean(string place, string text)
    {
        foreach (
            var secret in new[] { OwnKey, InEnvironment, InFile, InOutput, InPrompt, InReply, InError, InPrivateKey }
        )
        {
            var at = text.IndexOf(secret, StringComparison.Ordinal);
            Assert.True(at < 0, $"{secret} is in {place}, behind: {text[Math.Max(0, at - 400)..Math.Max(0, at)]}");
        }
    }

    private Task<HeadlessRun> RunAsync(string prompt)
    {
        var start = HeadlessRun.Exec(Model, Home.Root, Folder.Root, "--mode", "full", "--json", prompt);
        start.Environment["SAGE_API_KEY"] = OwnKey;
        start.Environment["PLANTED_TOKEN"] = InEnvironment;
        start.Environment["SAGE_LOG"] = "debug";
        return HeadlessRun.OfAsync(start);
    }
}
