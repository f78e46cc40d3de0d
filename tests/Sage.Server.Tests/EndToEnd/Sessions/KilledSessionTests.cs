using System.Diagnostics;
using System.Text.Json;
using Sage.Server.Tests.EndToEnd.Headless;
using Sage.TestKit;
using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.EndToEnd.Sessions;

/// <summary>A process that really dies while it writes a session; the next one goes on with everything that was said.</summary>
[Trait("Category", "EndToEnd")]
public sealed class KilledSessionTests : IAsyncLifetime, IDisposable
{
    private const int MostEvents = 100;
    private const int BytesOfABlock = 512;
    private readonly TempFolder _homes = new();
    private readonly TempFolder _folder = new();
    private ScriptedModelServer _model = null!;
    private int _runs;

    public async Task InitializeAsync() => _model = await ScriptedModelServer.StartAsync();

    public async Task DisposeAsync() => await _model.DisposeAsync();

    public void Dispose()
    {
        _homes.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Killed_after_any_event_a_session_goes_on_with_all_that_was_told()
    {
        var events = 1;
        for (; events < MostEvents; events++)
        {
            var (home, told) = await KillAfterAsync(events);
            if (told is null)
            {
                break;
            }

            await AssertGoesOnAsync(home, told);
        }

        Assert.InRange(events, 10, MostEvents - 1);
    }

    [Fact]
    public async Task Killed_in_the_middle_of_a_write_a_session_goes_on_with_all_that_was_told()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var random = new Random(20261123);
        var killed = 0;
        for (var block = 1; block <= 12; block++)
        {
            // Words of different length, so that the limit is met at another byte of a line each time.
            var prompt = new string('x', random.Next(1, BytesOfABlock));
            var home = NewHome();
            var run = await HeadlessRun.OfAsync(Limited(block, home, prompt));
            if (run.ExitCode != 0 && run.Lines.Count > 0)
            {
                killed++;
                await AssertGoesOnAsync(home, run.Lines);
            }
        }

        Assert.InRange(killed, 4, 12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task A_disk_that_refuses_a_write_in_mid_turn_is_said_and_the_session_goes_on_later(int block)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var home = NewHome();
        var run = await HeadlessRun.OfAsync(Limited(block, home, "do something", "trap '' XFSZ; "));

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Contains("larger than the system allows", run.Lines[^1], StringComparison.Ordinal);
        // How it ended could not be written; the next turn does.
        await AssertGoesOnAsync(home, [.. run.Lines.SkipLast(1)]);
    }

    /// <returns>What it had told by then; null when it had ended before.</returns>
    private async Task<(string Home, List<string>? Told)> KillAfterAsync(int events)
    {
        Script();
        var home = NewHome();
        using var process = Process.Start(Exec(home, "do something"))!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        List<string> told = [];
        while (
            told.Count < events
            && await process.StandardOutput.ReadLineAsync().WaitAsync(HeadlessRun.Patience) is { } line
        )
        {
            told.Add(line);
        }

        process.Kill();
        await process.WaitForExitAsync().WaitAsync(HeadlessRun.Patience);
        await errors;
        return (home, told.Count < events ? null : told);
    }

    private async Task AssertGoesOnAsync(string home, IReadOnlyList<string> told)
    {
        _model.Clear();
        _model.Always(null, r => r.Text("I went on."));
        var run = await HeadlessRun.OfAsync(Exec(home, "go on", "--continue"));

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(_model.Violations);
        var stored = Stored(home);
        var durable = told.Where(line => SeqOf(line) is not null).ToList();
        Assert.Equal(string.Join('\n', durable), string.Join('\n', stored.Take(durable.Count)));
        Assert.Equal(Enumerable.Range(1, stored.Count).Select(n => (long?)n), stored.Select(SeqOf));
        Assert.Equal(CallsOf(stored, "toolCallStarted"), CallsOf(stored, "toolCallEnded"));
    }

    /// <summary>The events of the journal: its lines without their checksums, and without the snapshots.</summary>
    private static List<string> Stored(string home) =>
        [
            .. File.ReadLines(Directory.GetFiles(home, "*.jsonl", SearchOption.AllDirectories).Single())
                .Select(line => "{" + line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..])
                .Where(line => line.StartsWith("{\"sessionId\"", StringComparison.Ordinal)),
        ];

    private static long? SeqOf(string line) =>
        JsonElement.Parse(line).TryGetProperty("seq", out var seq) ? seq.GetInt64() : null;

    private static IEnumerable<string?> CallsOf(List<string> events, string type) =>
        events
            .Select(line => JsonElement.Parse(line).GetProperty("event"))
            .Where(e => e.GetProperty("type").GetString() == type)
            .Select(e => e.GetProperty("callId").GetString());

    private void Script()
    {
        _model.Clear();
        _model.Reply(r =>
            r.Text("I look and write.")
                .ToolCall("list_directory", new { })
                .ToolCall("write_file", new { path = $"new{_runs}.txt", content = "new\n" })
                .ToolCall("run_command", new { command = "echo done" })
        );
        _model.Reply(r => r.Text("There it is."));
    }

    private string NewHome() => Directory.CreateDirectory(_homes[$"home{_runs++}"]).FullName;

    private ProcessStartInfo Limited(int blocks, string home, string prompt, string before = "")
    {
        Script();
        var exec = Exec(home, prompt);
        // Whoever writes beyond the limit is killed by the kernel, when what still fits is written.
        exec.FileName = "/bin/sh";
        string[] command = ["-c", $"{before}ulimit -c 0; ulimit -f {blocks}; exec \"$@\"", "sh", SageBinary.Path];
        for (var i = 0; i < command.Length; i++)
        {
            exec.ArgumentList.Insert(i, command[i]);
        }

        return exec;
    }

    private ProcessStartInfo Exec(string home, string prompt, params string[] options) =>
        HeadlessRun.Exec(_model, home, _folder.Root, ["--mode", "full", "--json", .. options, prompt]);
}
