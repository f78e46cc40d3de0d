using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Memory;
using Sage.TestKit;

namespace Sage.Extensibility.Tests.Memory;

public sealed class RuleFilesTests : IDisposable
{
    private readonly TempFolder _outside = new();
    private readonly TempFolder _workspace = new();
    private readonly WorkspaceTrust _trust = new();

    public void Dispose()
    {
        _workspace.Dispose();
        _outside.Dispose();
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

    private Task<ImmutableArray<PromptSection>> ReadAsync() =>
        new RuleFiles(_trust).ReadAsync(
            new Workspace(_workspace.Root),
            DateTimeOffset.UnixEpoch,
            CancellationToken.None
        );
}
