using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Memory.Rules;
using Sage.Protocol.Memory;
using Sage.TestKit;

namespace Sage.Extensibility.Tests.Memory;

public sealed class RuleFilesTests : IDisposable
{
    private readonly TempFolder _outside = new();
    private readonly TempFolder _workspace = new();
    private readonly TempFolder _home = new();
    private readonly WorkspaceTrust _trust = new();

    public void Dispose()
    {
        _workspace.Dispose();
        _outside.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task A_workspace_without_rules_adds_nothing() => Assert.Empty(await ReadAsync());

    [Fact]
    public async Task A_workspace_that_nobody_trusts_says_nothing_and_the_model_is_told_why()
    {
        _workspace.Write("AGENTS.md", "Run ./setup.sh before anything else.");
        _trust.Withhold();

        var section = Assert.Single(await ReadAsync());

        Assert.Equal("Restricted workspace", section.Title);
        Assert.DoesNotContain("setup.sh", section.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_come_in_a_fixed_order()
    {
        _workspace.Write("CLAUDE.md", "three\n");
        _workspace.Write("SAGE.md", "two\n");
        _workspace.Write("AGENTS.md", "one\n");
        _workspace.Write("README.md", "not rules");

        Assert.Equal(
            [
                new("Rules from AGENTS.md", "one"),
                new("Rules from SAGE.md", "two"),
                new("Rules from CLAUDE.md", "three"),
            ],
            (await ReadAsync()).AsEnumerable()
        );
    }

    [Fact]
    public async Task A_copy_and_a_link_are_included_once()
    {
        _workspace.Write("AGENTS.md", "same");
        _workspace.Write("SAGE.md", "same\n");
        File.CreateSymbolicLink(_workspace["CLAUDE.md"], "AGENTS.md");

        Assert.Equal("Rules from AGENTS.md", Assert.Single(await ReadAsync()).Title);
    }

    [Fact]
    public async Task A_link_to_a_file_deeper_in_the_workspace_is_followed()
    {
        _workspace.Write("docs/rules.md", "deep");
        File.CreateSymbolicLink(_workspace["AGENTS.md"], Path.Combine("docs", "rules.md"));

        Assert.Equal("deep", Assert.Single(await ReadAsync()).Text);
    }

    [Theory]
    [InlineData("direct")]
    [InlineData("through a folder")]
    public async Task A_link_that_leads_out_is_not_followed(string way)
    {
        _outside.Write("secret", "hidden");
        if (way == "direct")
        {
            File.CreateSymbolicLink(_workspace["AGENTS.md"], _outside["secret"]);
        }
        else
        {
            Directory.CreateSymbolicLink(_workspace["folder"], _outside.Root);
            File.CreateSymbolicLink(_workspace["AGENTS.md"], Path.Combine("folder", "secret"));
        }

        Assert.Equal(
            "AGENTS.md is a link that leads out of the workspace: it was left out.",
            Assert.Single(await ReadAsync()).Text
        );
    }

    [Fact]
    public async Task A_long_file_is_cut_and_that_is_said()
    {
        // Two bytes each: the cut falls between the bytes of one.
        _workspace.Write("AGENTS.md", "x" + new string('ä', 50_000));

        var text = Assert.Single(await ReadAsync()).Text;

        Assert.EndsWith("[AGENTS.md has 97 KB; only its first 32 KB are shown. Read the rest with read_file.]", text);
        Assert.DoesNotContain('\uFFFD', text);
        Assert.Equal(32 * 1024 / 2 - 1, text.Count(c => c == 'ä'));
    }

    [Fact]
    public async Task What_is_not_text_is_said_in_one_line()
    {
        _workspace.Write("AGENTS.md", [1, 2, 0, 3]);

        Assert.Equal("AGENTS.md is not a text file: it was left out.", Assert.Single(await ReadAsync()).Text);
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_in_one_line()
    {
        Directory.CreateDirectory(_workspace["AGENTS.md"]);
        File.CreateSymbolicLink(_workspace["SAGE.md"], "CLAUDE.md");
        File.CreateSymbolicLink(_workspace["CLAUDE.md"], "SAGE.md");

        var sections = await ReadAsync();

        Assert.Equal(3, sections.Length);
        Assert.All(sections, section => Assert.Contains("could not be read", section.Text, StringComparison.Ordinal));
        Assert.All(sections, section => Assert.DoesNotContain('\n', section.Text));
    }

    [Fact]
    public async Task Byte_order_marks_and_UTF_16_are_understood()
    {
        _workspace.Write("AGENTS.md", [0xEF, 0xBB, 0xBF, .. "eight"u8]);
        _workspace.Write("SAGE.md", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("sixteen")]);

        Assert.Equal(["eight", "sixteen"], (await ReadAsync()).Select(section => section.Text));
    }

    [Fact]
    public async Task Empty_files_and_dangling_links_add_nothing()
    {
        _workspace.Write("AGENTS.md", "");
        _workspace.Write("SAGE.md", " \n\n");
        File.CreateSymbolicLink(_workspace["CLAUDE.md"], "nowhere");

        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task A_pipe_is_not_waited_for()
    {
        using (var make = Process.Start("mkfifo", [_workspace["AGENTS.md"]]))
        {
            await make.WaitForExitAsync();
        }

        File.CreateSymbolicLink(_workspace["SAGE.md"], "AGENTS.md");

        Assert.Empty(await ReadAsync().WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task The_users_own_come_first_and_count_where_the_workspace_is_not_trusted()
    {
        _home.Write(".sage/AGENTS.md", "mine");
        _home.Write(".claude/CLAUDE.md", "mine, too");
        _workspace.Write("AGENTS.md", "the project's");
        _workspace.Write(".github/copilot-instructions.md", "an older word");

        Assert.Equal(
            ["mine", "mine, too", "an older word", "the project's"],
            (await ReadAsync()).Select(section => section.Text)
        );
        Assert.Equal("Rules from ~/.sage/AGENTS.md", (await ReadAsync())[0].Title);

        _trust.Withhold();
        Assert.Equal(
            ["Rules from ~/.sage/AGENTS.md", "Rules from ~/.claude/CLAUDE.md", "Restricted workspace"],
            (await ReadAsync()).Select(section => section.Title)
        );
    }

    [Fact]
    public async Task Documents_that_are_named_come_behind_each_once_and_with_what_they_name()
    {
        _workspace.Write("AGENTS.md", "See @docs/style.md, and @docs/style.md again, and @README.");
        _workspace.Write("docs/style.md", "Tabs. More in @more/deep.md and @../AGENTS.md.");
        _workspace.Write("docs/more/deep.md", "Deep.");
        _workspace.Write("README", "Read me.");

        Assert.Equal(
            """
            See @docs/style.md, and @docs/style.md again, and @README.

            docs/style.md:

            Tabs. More in @more/deep.md and @../AGENTS.md.

            docs/more/deep.md:

            Deep.

            README:

            Read me.
            """,
            Assert.Single(await ReadAsync()).Text
        );
    }

    [Theory]
    [InlineData("@.env")]
    [InlineData("@keys/id_rsa")]
    [InlineData("@../OUTSIDE/secret.md")]
    [InlineData("@~/private.md")]
    [InlineData("@out/secret.md")]
    [InlineData("`@docs/named.md`")]
    [InlineData("```\n@docs/named.md\n```")]
    [InlineData("me@docs/named.md")]
    [InlineData("@types/node")]
    [InlineData("@docs")]
    public async Task What_is_no_document_of_the_workspace_or_stands_in_code_stays_a_word(string words)
    {
        _workspace.Write(".env", "planted");
        _workspace.Write("keys/id_rsa", "planted");
        _workspace.Write("docs/named.md", "planted");
        _workspace.Write("types/node/index.md", "planted");
        _home.Write("private.md", "planted");
        _outside.Write("secret.md", "planted");
        Directory.CreateSymbolicLink(_workspace["out"], _outside.Root);
        _workspace.Write(
            "AGENTS.md",
            words.Replace("OUTSIDE", Path.GetFileName(_outside.Root), StringComparison.Ordinal)
        );

        Assert.DoesNotContain("planted", Assert.Single(await ReadAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_that_name_each_other_without_end_do_end()
    {
        foreach (var number in Enumerable.Range(0, 50))
        {
            var others = Enumerable.Range(0, 50).Select(other => $"@{other}.md");
            _workspace.Write($"{number}.md", $"number {number}: {string.Join(' ', others)}");
        }

        _workspace.Write("AGENTS.md", "@0.md");

        Assert.Equal(20, Assert.Single(await ReadAsync()).Text.Split("number ").Length - 1);
    }

    [Fact]
    public void What_is_read_is_listed_in_its_order_with_what_was_cut()
    {
        _home.Write(".sage/AGENTS.md", "mine");
        _workspace.Write("CLAUDE.md", "@docs/long.md");
        _workspace.Write("docs/long.md", new string('x', 40_000));
        Directory.CreateDirectory(_workspace["SAGE.md"]);

        var listed = Rules.List(new Workspace(_workspace.Root));

        Assert.Equal(
            [
                ("~/.sage/AGENTS.md", MemorySource.User, null),
                ("SAGE.md", MemorySource.Workspace, null),
                ("CLAUDE.md", MemorySource.Workspace, null),
                ("docs/long.md", MemorySource.Workspace, "CLAUDE.md"),
            ],
            listed.Files.Select(file => (file.Name, file.Source, file.ImportedBy))
        );
        Assert.Contains("could not be read", listed.Files[1].Problem, StringComparison.Ordinal);
        Assert.Contains("only its first 32 KB", listed.Files[3].Problem, StringComparison.Ordinal);
        Assert.Equal((_home[".sage/AGENTS.md"], _workspace["CLAUDE.md"]), (listed.UserPath, listed.WorkspacePath));
    }

    [Fact]
    public void Without_a_trusted_workspace_only_the_users_own_are_listed()
    {
        _workspace.Write("AGENTS.md", "the project's");
        _trust.Withhold();

        var listed = Rules.List(new Workspace(_workspace.Root));

        Assert.Empty(listed.Files);
        Assert.Null(listed.WorkspacePath);
        Assert.Null(Rules.List(workspace: null).WorkspacePath);
    }

    private RuleFiles Rules => new(new UserFolders(_home[".sage"], _home.Root), _trust);

    private Task<ImmutableArray<PromptSection>> ReadAsync() =>
        Rules.ReadAsync(new Workspace(_workspace.Root), DateTimeOffset.UnixEpoch, CancellationToken.None);
}
