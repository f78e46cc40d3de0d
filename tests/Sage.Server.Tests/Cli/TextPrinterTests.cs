using System.IO.Pipelines;
using System.Text.Json;
using Sage.Protocol.Events;
using Sage.Protocol.Hooks;
using Sage.Protocol.Turns;
using Sage.Server.Cli;

namespace Sage.Server.Tests.Cli;

public sealed class TextPrinterTests
{
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task Answers_go_to_standard_output_and_everything_else_to_standard_error()
    {
        var (output, error) = await PrintAsync(
            new TextDelta("r1", 0, "Let me "),
            new TextDelta("r1", 7, "look."),
            new ReplyEnded("r1", StopReason.ToolCalls, "Let me look."),
            new ToolCallStarted("c1", "r1", "read_file", "Read a.ts", JsonElement.Parse("{}")),
            new ToolCallEnded("c1", ToolCallStatus.Ok, "text", 1),
            new ToolCallStarted("c2", "r1", "run_command", "Run rm -rf /", JsonElement.Parse("{}")),
            new ToolCallEnded("c2", ToolCallStatus.Denied, "Not allowed: no.\nMore.", 0),
            new Retrying(1, 1500, "overloaded"),
            new Compacting(CompactionReason.Overflow),
            new TextDelta("r2", 0, "Done.\n"),
            new ReplyEnded("r2", StopReason.EndTurn, "Done.\n"),
            new TurnEnded("t1", TurnOutcome.Completed, TokenUsage.Zero)
        );

        Assert.Equal("Let me look.\nDone.\n", output);
        Assert.Equal(
            "• Read a.ts\n• Run rm -rf /\n✗ Run rm -rf /: denied. Not allowed: no.\nTrying again in 1.5 s: overloaded\n"
                + "Summarising the conversation, because it is too long for the model …\n",
            error
        );
    }

    [Theory]
    [InlineData(TurnOutcome.Interrupted, "interrupted")]
    [InlineData(TurnOutcome.MaxSteps, "limit of steps")]
    [InlineData(TurnOutcome.BudgetExceeded, "budget")]
    public async Task A_turn_that_did_not_complete_says_so(TurnOutcome outcome, string said)
    {
        var (output, error) = await PrintAsync(
            new TextDelta("r1", 0, "half"),
            new TurnEnded("t1", outcome, TokenUsage.Zero)
        );

        Assert.Equal("half\n", output);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_hooks_did_is_a_line_each_and_what_the_model_reads_of_them_is_not_printed()
    {
        var denied = new HookRan(
            HookMoment.PreToolUse,
            "guard.sh",
            "settings.json",
            HookEffect.Denied,
            "Frozen.\nMore."
        );

        var (_, error) = await PrintAsync(denied, denied with { Effect = HookEffect.Added, Text = "long words" });

        Assert.Equal("• hook guard.sh: denied. Frozen.\n• hook guard.sh: added to what the model reads\n", error);
    }

    private async Task<(string Output, string Error)> PrintAsync(params SessionEvent[] events)
    {
        var printer = new TextPrinter(PipeWriter.Create(_output, new StreamPipeWriterOptions(leaveOpen: true)), _error);
        foreach (var e in events)
        {
            printer.Print(new EventEnvelope("s", e));
        }

        await printer.FlushAsync();
        return (System.Text.Encoding.UTF8.GetString(_output.ToArray()), _error.ToString().ReplaceLineEndings("\n"));
    }
}
