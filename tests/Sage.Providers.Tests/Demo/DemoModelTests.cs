using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Providers.Demo;
using Sage.Providers.Tests.Streaming;

namespace Sage.Providers.Tests.Demo;

public sealed class DemoModelTests
{
    private readonly PaperWorkspace _workspace = new(
        new()
        {
            ["README.md"] = "# Parcel\n\nSends things.\n",
            ["src/send.ts"] = "export function send(parcel: Parcel) {\n  // TODO: weigh it\n  return parcel;\n}\n",
            ["src/box.ts"] = "export class Box {\n  lenght = 1;\n}\n",
            ["build.py"] = "print('hi')\n",
        }
    );

    [Theory]
    [InlineData("hello")]
    [InlineData("What can you do?")]
    [InlineData("find parcel")]
    [InlineData("explain src/send.ts")]
    [InlineData("rename parcel to packet in src/send.ts")]
    [InlineData("fix typos")]
    [InlineData("run npm test")]
    [InlineData("refactor everything to use monads")]
    public async Task Every_turn_begins_by_saying_what_it_is(string prompt)
    {
        var chat = Chat();

        await chat.SayAsync(prompt);

        Assert.StartsWith("I am Sage's offline demo model: rules, no AI.", chat.Texts[0]);
    }

    [Fact]
    public async Task The_first_turn_looks_around_with_several_tools_at_once_and_reports_what_is_there()
    {
        var chat = Chat();

        var last = await chat.SayAsync("hello");

        Assert.Equal(["list_directory", "glob", "grep", "read_file"], chat.Rounds[0].Select(c => c.Name));
        var report = chat.Texts[1];
        Assert.Contains("4 files", report);
        Assert.Contains("TypeScript (2)", report);
        Assert.Contains("1 open TODO", report);
        Assert.Contains("`src/send.ts:2`", report);
        Assert.Contains("“Parcel”", report);
        Assert.Contains("Set API Key", last);
    }

    [Fact]
    public async Task It_proposes_one_small_edit_and_says_what_became_of_it()
    {
        var chat = Chat();

        var last = await chat.SayAsync("look around");

        Assert.Equal("edit_file", Assert.Single(chat.Rounds[1]).Name);
        Assert.StartsWith("# Parcel\n\nSends things.\n\n_Sage", _workspace.Files["README.md"]);
        Assert.EndsWith("_\n", _workspace.Files["README.md"]);
        Assert.Contains("is edited", last);
    }

    [Fact]
    public async Task A_refused_edit_is_accepted()
    {
        var workspace = new PaperWorkspace(new() { ["README.md"] = "# Parcel\n" }) { RefusesEdits = true };
        var chat = new DemoConversation { Tools = workspace.Answer };

        var last = await chat.SayAsync("look around");

        Assert.Contains("nothing has changed", last);
        Assert.Equal(2, chat.Rounds.Count);
    }

    [Fact]
    public async Task It_does_not_propose_the_same_edit_twice()
    {
        var chat = Chat();
        await chat.SayAsync("hello");
        var before = _workspace.Files["README.md"];

        await chat.SayAsync("hello");

        Assert.Equal(before, _workspace.Files["README.md"]);
    }

    [Fact]
    public async Task In_plan_mode_it_changes_nothing()
    {
        var chat = new DemoConversation
        {
            Tools = _workspace.Answer,
            SystemPrompt = "Plan mode: only reads are allowed.",
        };

        await chat.SayAsync("hello");
        await chat.SayAsync("fix typos");
        await chat.SayAsync("rename parcel to packet in src/send.ts");

        Assert.DoesNotContain(chat.Rounds.SelectMany(r => r), c => c.Name is "edit_file" or "write_file");
    }

    [Fact]
    public async Task Without_a_readme_it_offers_to_write_one()
    {
        var workspace = new PaperWorkspace(new() { ["a.py"] = "x = 1\n" });
        var chat = new DemoConversation { Tools = workspace.Answer };

        await chat.SayAsync("hello");

        Assert.Contains("README.md", workspace.Files.Keys);
    }

    [Fact]
    public async Task It_finds_words_in_contents_and_names()
    {
        var last = await Chat().SayAsync("find box");

        Assert.Contains("`src/box.ts`", last);
        Assert.Contains("1 file name", last);
    }

    [Fact]
    public async Task It_says_so_when_there_is_nothing_to_find() =>
        Assert.Contains("Nothing", await Chat().SayAsync("find unicorn"));

    [Theory]
    [InlineData("explain src/send.ts")]
    [InlineData("what does send.ts do?")]
    public async Task It_explains_what_patterns_show_of_a_file(string prompt)
    {
        var last = await Chat().SayAsync(prompt);

        Assert.Contains("`src/send.ts` has 4 lines of TypeScript", last);
        Assert.Contains("function `send`", last);
        Assert.Contains("TODO", last);
    }

    [Fact]
    public async Task It_says_when_a_file_is_not_there() =>
        Assert.Contains("cannot read `gone.ts`", await Chat().SayAsync("explain gone.ts"));

    [Fact]
    public async Task It_renames_in_one_file()
    {
        await Chat().SayAsync("rename parcel to packet in src/send.ts");

        Assert.Equal(
            "export function send(packet: Parcel) {\n  // TODO: weigh it\n  return packet;\n}\n",
            _workspace.Files["src/send.ts"]
        );
    }

    [Fact]
    public async Task It_renames_wherever_the_name_is()
    {
        _workspace.Files["src/use.ts"] = "import { Box } from './box';\n";

        var last = await Chat().SayAsync("rename Box to Crate");

        Assert.Contains("class Crate", _workspace.Files["src/box.ts"]);
        Assert.Contains("{ Crate }", _workspace.Files["src/use.ts"]);
        Assert.Contains("src/use.ts", last);
    }

    [Fact]
    public async Task It_does_not_rename_parts_of_longer_names()
    {
        _workspace.Files["src/long.ts"] = "let box = 1; let boxes = [box];\n";

        var last = await Chat().SayAsync("rename box to crate in src/long.ts");

        Assert.Contains("longer names", last);
        Assert.Contains("boxes", _workspace.Files["src/long.ts"]);
    }

    [Fact]
    public async Task It_fixes_a_misspelt_word()
    {
        var last = await Chat().SayAsync("fix typos");

        Assert.Contains("length = 1", _workspace.Files["src/box.ts"]);
        Assert.Contains("Fixed in `src/box.ts`", last);
    }

    [Fact]
    public async Task It_fixes_what_a_message_says_was_meant()
    {
        _workspace.Files["src/a.ts"] = "const x = parcl;\nconst parcel = 1;\n";

        await Chat().SayAsync("Fix this problem in src/a.ts line 1: Cannot find name 'parcl'. Did you mean 'parcel'?");

        Assert.StartsWith("const x = parcel;", _workspace.Files["src/a.ts"]);
    }

    [Fact]
    public async Task It_takes_the_file_from_what_is_attached()
    {
        _workspace.Files["src/a.ts"] = "const x = parcl;\n";

        await Chat()
            .SayAsync(
                "<selection path=\"src/a.ts\" lines=\"1-1\">\nconst x = parcl;\n</selection>\n\nFix: Cannot find name 'parcl'. Did you mean 'parcel'?"
            );

        Assert.StartsWith("const x = parcel;", _workspace.Files["src/a.ts"]);
    }

    [Fact]
    public async Task It_says_when_its_rules_fix_nothing()
    {
        _workspace.Files["src/box.ts"] = "";

        var last = await Chat().SayAsync("fix the architecture");

        Assert.Contains("nothing that my rules can fix", last);
        Assert.Contains("weigh it", last);
    }

    [Fact]
    public async Task It_runs_a_command_and_shows_its_output()
    {
        var last = await Chat().SayAsync("run `echo hello`");

        Assert.Equal(["echo hello"], _workspace.Commands);
        Assert.Contains("hello", last);
    }

    [Fact]
    public async Task What_it_does_not_understand_it_says_and_changes_nothing()
    {
        var chat = Chat();

        await chat.SayAsync("refactor everything to use monads");

        Assert.Contains("beyond my rules", chat.Texts[0]);
        Assert.DoesNotContain(chat.Rounds.SelectMany(r => r), c => c.Name is "edit_file" or "write_file");
    }

    [Fact]
    public async Task Call_ids_are_unique_over_turns_and_the_same_history_gives_the_same_reply()
    {
        var (chat, again) = (Chat(), new DemoConversation { Tools = new PaperWorkspace(new(_workspace.Files)).Answer });

        foreach (var prompt in new[] { "hello", "find send", "hello" })
        {
            await chat.SayAsync(prompt);
            await again.SayAsync(prompt);
        }

        var ids = chat.History.SelectMany(m => m.Contents.OfType<ToolCallReady>()).Select(c => c.CallId).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(chat.Texts, again.Texts);
    }

    [Fact]
    public async Task Stopping_it_is_prompt()
    {
        using var cancel = new CancellationTokenSource();
        var model = new DemoModel(new SkippableTime(), DemoModel.NaturalPause);
        await using var updates = model
            .GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "hello")], null, cancel.Token)
            .GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        var next = updates.MoveNextAsync().AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    private DemoConversation Chat() => new() { Tools = _workspace.Answer };
}
