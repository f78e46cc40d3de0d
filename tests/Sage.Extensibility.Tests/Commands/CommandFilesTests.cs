using Sage.Agent.Commands;
using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Commands;
using Sage.Protocol;
using Sage.Protocol.Commands;
using Sage.Protocol.Permissions;
using Sage.TestKit;

namespace Sage.Extensibility.Tests.Commands;

public sealed class CommandFilesTests : IDisposable
{
    private readonly TempFolder _workspace = new();
    private readonly TempFolder _home = new();
    private readonly WorkspaceTrust _trust = new();
    private readonly CommandFiles _commands;

    public CommandFilesTests() => _commands = new CommandFiles(new UserFolders(_home[".sage"], _home.Root), _trust);

    public void Dispose()
    {
        _workspace.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void Commands_of_all_places_are_listed_in_the_order_of_their_names()
    {
        _workspace.Write(".sage/commands/git/commit.md", "Commit.");
        _workspace.Write(
            ".claude/commands/review.md",
            "---\ndescription: Reviews a file\nargument-hint: \"[file]\"\n---\nReview $1."
        );
        _workspace.Write(".github/prompts/explain.prompt.md", "# Explain it");
        _workspace.Write(".github/prompts/README.md", "none");
        _home.Write(".sage/commands/mine.md", "Mine.");
        _home.Write(".claude/commands/old.md", "Old.");

        var listed = List();

        Assert.Equal(
            [
                new("explain", "Explain it", CommandSource.Workspace, ".github/prompts/explain.prompt.md"),
                new("git:commit", "Commit.", CommandSource.Workspace, ".sage/commands/git/commit.md"),
                new("mine", "Mine.", CommandSource.User, "~/.sage/commands/mine.md"),
                new("old", "Old.", CommandSource.User, "~/.claude/commands/old.md"),
                new("review", "Reviews a file", CommandSource.Workspace, ".claude/commands/review.md", "[file]"),
            ],
            listed.Commands.AsEnumerable()
        );
        Assert.Empty(listed.Problems);
    }

    [Fact]
    public void A_workspace_that_nobody_trusts_brings_none_and_the_users_own_stay()
    {
        _workspace.Write(".sage/commands/theirs.md", "Theirs.");
        _home.Write(".sage/commands/mine.md", "Mine.");
        _trust.Withhold();

        Assert.Equal("mine", Assert.Single(List().Commands).Name);
        Assert.Contains("There is no command /theirs.", Refusal("/theirs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_of_one_name_the_workspaces_counts_and_that_is_said()
    {
        _workspace.Write(".claude/commands/review.md", "Theirs.");
        _home.Write(".sage/commands/review.md", "Mine.");

        var listed = List();

        Assert.Equal(CommandSource.Workspace, Assert.Single(listed.Commands).Source);
        Assert.Equal(
            "The command ~/.sage/commands/review.md was left out: .claude/commands/review.md has its name, too.",
            Assert.Single(listed.Problems)
        );
    }

    [Theory]
    [InlineData("/review a.ts", "Review a.ts for bugs.")]
    [InlineData("/review \"my file.ts\" x", "Review my file.ts for bugs.")]
    [InlineData("/review", "Review  for bugs.")]
    [InlineData("/review $1", "Review $1 for bugs.")]
    public void Arguments_go_where_the_text_has_a_place_for_them(string prompt, string text)
    {
        _workspace.Write(".sage/commands/review.md", "Review $1 for bugs.");

        Assert.Equal(text, Expand(prompt)!.Text);
    }

    [Fact]
    public void All_arguments_go_in_as_they_are_over_lines_too()
    {
        _workspace.Write(".sage/commands/say.md", "Say: $ARGUMENTS ($10, $2)");

        Assert.Equal("Say: a \"b\n c\" (, b\n c)", Expand("/say a \"b\n c\"")!.Text);
    }

    [Fact]
    public void Arguments_that_have_no_place_stand_behind_the_text()
    {
        _workspace.Write(".sage/commands/fix.md", "Fix it. It costs $USD.");

        Assert.Equal("Fix it. It costs $USD.\n\nthe tests", Expand("/fix the tests")!.Text);
    }

    [Fact]
    public void What_it_points_at_is_attached_when_it_is_there()
    {
        _workspace.Write("src/a.ts", "");
        _workspace.Write("b.ts", "");
        _workspace.Write(".sage/commands/fix.md", "See @src/a.ts, @gone.ts, @../x, me@b.ts and @Override. $1");

        Assert.Equal(["src/a.ts", "b.ts"], Expand("/fix @b.ts")!.Files.Select(file => file.Path));
    }

    [Theory]
    [InlineData("plain words")]
    [InlineData(" /review")]
    [InlineData("/usr/bin is full")]
    [InlineData("/review.md is wrong")]
    [InlineData("// a note")]
    [InlineData("/* a note */")]
    [InlineData("/")]
    [InlineData("/ review")]
    [InlineData("/tmp is full")]
    public void What_only_begins_with_a_slash_is_no_command(string prompt)
    {
        _workspace.Write(".sage/commands/review.md", "Review.");

        Assert.Null(Expand(prompt));
    }

    [Theory]
    [InlineData("/reviw a.ts", "There is no command /reviw. Did you mean /review?")]
    [InlineData("/rev", "There is no command /rev. Did you mean /review?")]
    [InlineData("/nothing-like-it", "There is no command /nothing-like-it. To send it")]
    [InlineData("/broken", "There is no command /broken. The command .sage/commands/broken.md was left out: ")]
    public void A_name_that_there_is_not_is_refused_with_those_near_to_it(string prompt, string message)
    {
        _workspace.Write(".sage/commands/review.md", "Review.");
        _workspace.Write(".sage/commands/broken.md", "---\nno end");

        Assert.StartsWith(message, Refusal(prompt), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_for_the_shell_are_taken_out_with_the_words_around_them_and_the_arguments_put_in()
    {
        _workspace.Write(
            ".claude/commands/commit.md",
            "Status: !`git status`\nLog of $1:\n!`git log -3 -- $1`\n\nCommit `!x` and a!`b`. $2"
        );

        var expansion = Expand("/commit \"my file.ts\" now")!;

        Assert.Equal("Status: ", expansion.Text);
        Assert.Equal(
            [
                new ExpandedLine("git status", "\nLog of my file.ts:\n"),
                new ExpandedLine("git log -3 -- my file.ts", "\n\nCommit `!x` and a!`b`. now"),
            ],
            expansion.Lines.AsEnumerable()
        );
    }

    [Fact]
    public void An_argument_that_looks_like_a_line_for_the_shell_is_words()
    {
        _workspace.Write(".sage/commands/say.md", "Say: $ARGUMENTS");

        var expansion = Expand("/say !`rm -rf /`")!;

        Assert.Equal("Say: !`rm -rf /`", expansion.Text);
        Assert.Empty(expansion.Lines);
    }

    [Fact]
    public void What_a_line_for_the_shell_gets_as_argument_stands_in_the_line_that_is_asked_about()
    {
        _workspace.Write(".sage/commands/log.md", "!`git log $1`");

        Assert.Equal("git log x; rm -rf /", Assert.Single(Expand("/log \"x; rm -rf /\"")!.Lines).Line);
    }

    [Fact]
    public void What_a_line_for_the_shell_names_is_not_attached()
    {
        _workspace.Write("a.ts", "");
        _workspace.Write("b.ts", "");
        _workspace.Write(".sage/commands/look.md", "!`cat @a.ts` and @b.ts");

        Assert.Equal(["b.ts"], Expand("/look")!.Files.Select(file => file.Path));
    }

    [Fact]
    public void More_lines_than_anybody_would_look_at_are_refused()
    {
        _workspace.Write(".sage/commands/many.md", string.Concat(Enumerable.Repeat("!`ls`\n", 21)));

        Assert.Contains(
            "wants the output of 21 commands, and 20 are the most",
            Refusal("/many"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/two a b", "[a] [b]")]
    [InlineData("/two 'a b' c", "[a b] [c]")]
    [InlineData("/two \"it's\" c", "[it's] [c]")]
    [InlineData("/two a\"b c\" d", "[a\"b] [c\"]")]
    [InlineData("/two \"\" b", "[] [b]")]
    [InlineData("/two \"open b", "[\"open] [b]")]
    [InlineData("/two   a\t\n b  ", "[a] [b]")]
    [InlineData("/two $2 $ARGUMENTS", "[$2] [$ARGUMENTS]")]
    [InlineData("/two \"a \\\" b\" c", "[a \\] [b\"]")]
    public void Quotes_hold_together_what_has_blanks_and_nothing_is_put_in_twice(string prompt, string text)
    {
        _workspace.Write(".sage/commands/two.md", "[$1] [$2]");

        Assert.Equal(text, Expand(prompt)!.Text);
    }

    [Fact]
    public void A_file_that_an_argument_names_is_attached_also_through_a_place_with_an_at()
    {
        _workspace.Write("src/a.ts", "");
        _workspace.Write("src/my file.ts", "");
        _workspace.Write(".sage/commands/see.md", "See @$1, (@src/a.ts) and `@src/a.ts`.");

        Assert.Equal(["src/a.ts"], Expand("/see src/a.ts")!.Files.Select(file => file.Path));
        Assert.Equal(
            ["src/my file.ts", "src/a.ts"],
            Expand("/see \"src/my file.ts\"")!.Files.Select(file => file.Path)
        );
    }

    [Fact]
    public void A_file_outside_the_workspace_is_not_attached_whatever_points_at_it()
    {
        using var outside = new TempFolder();
        outside.Write("secret.txt", "x");
        _workspace.Write(".sage/commands/see.md", "See @$1 and @/etc/passwd and @~/x.");

        var far = Path.GetRelativePath(_workspace.Root, outside["secret.txt"]);
        Assert.Empty(Expand($"/see {far}")!.Files);
        Assert.Empty(Expand($"/see {outside["secret.txt"]}")!.Files);
    }

    [Fact]
    public void Only_the_users_own_file_chooses_a_model_and_only_ours_a_mode()
    {
        const string text = "---\nmode: plan\nmodel: openai/large\n---\nThink.";
        _workspace.Write(".sage/commands/theirs.md", text);
        _workspace.Write(".claude/commands/other.md", text);
        _home.Write(".sage/commands/mine.md", text);

        Assert.Equal((PermissionMode.Plan, null), Chosen("/theirs"));
        Assert.Equal((null, null), Chosen("/other"));
        Assert.Equal((PermissionMode.Plan, "openai/large"), Chosen("/mine"));
    }

    [Fact]
    public void A_mode_that_nobody_knows_leaves_the_command_out()
    {
        _workspace.Write(".sage/commands/think.md", "---\nmode: pln\n---\nThink.");

        Assert.Empty(List().Commands);
        Assert.Contains(
            "its mode may be plan, ask, autoEdit or full, and is pln",
            Refusal("/think"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_link_of_the_repository_leads_nowhere_outside()
    {
        using var outside = new TempFolder();
        outside.Write("secret.md", "secret");
        Directory.CreateDirectory(_workspace[".claude"]);
        Directory.CreateDirectory(_workspace[".sage/commands"]);
        Directory.CreateSymbolicLink(_workspace[".claude/commands"], outside.Root);
        File.CreateSymbolicLink(_workspace[".sage/commands/secret.md"], outside["secret.md"]);

        Assert.Empty(List().Commands);
    }

    [Fact]
    public void What_Sage_brings_is_listed_and_gives_way_to_a_file()
    {
        var workspace = new Workspace(_workspace.Root);

        var brought = Assert.Single(_commands.List(workspace).Commands, command => command.Name == "init");
        Assert.Equal(CommandSource.BuiltIn, brought.Source);
        Assert.Contains("AGENTS.md", _commands.Expand(workspace, "/init")!.Text, StringComparison.Ordinal);
        Assert.EndsWith(
            "the server",
            _commands.Expand(workspace, "/init the server")!.Text.TrimEnd(),
            StringComparison.Ordinal
        );

        _home.Write(".sage/commands/init.md", "Mine.");
        Assert.Equal("Mine.", _commands.Expand(workspace, "/init")!.Text);
        Assert.Empty(_commands.List(workspace).Problems);
    }

    /// <summary>Without what Sage brings itself.</summary>
    private ListCommandsResult List()
    {
        var all = _commands.List(new Workspace(_workspace.Root));
        return all with { Commands = [.. all.Commands.Where(command => command.Source != CommandSource.BuiltIn)] };
    }

    private CommandExpansion? Expand(string prompt) => _commands.Expand(new Workspace(_workspace.Root), prompt);

    private (PermissionMode? Mode, string? Model) Chosen(string prompt) =>
        Expand(prompt) is { } command ? (command.Mode, command.Model) : default;

    private string Refusal(string prompt)
    {
        var refused = Assert.Throws<SageException>(() => Expand(prompt));
        Assert.Equal(ErrorCodes.CommandRefused, refused.Code);
        return refused.Message;
    }
}
