using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.Skills;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Skills;
using Sage.TestKit;

namespace Sage.Extensibility.Tests.Skills;

public sealed class SkillFilesTests : IDisposable
{
    private readonly TempFolder _workspace = new();
    private readonly TempFolder _home = new();
    private readonly WorkspaceTrust _trust = new();
    private readonly SkillFiles _skills;

    private readonly ExtensionSkills _extensions = new();

    public SkillFilesTests() =>
        _skills = new SkillFiles(new UserFolders(_home[".sage"], _home.Root), _trust, _extensions);

    public void Dispose()
    {
        _workspace.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void Skills_of_all_places_are_found_in_the_order_of_their_names()
    {
        _workspace.Write(".github/skills/a/SKILL.md", Skill("delta"));
        _workspace.Write(".claude/skills/b/SKILL.md", Skill("alpha"));
        _workspace.Write(".sage/skills/c/SKILL.md", Skill("echo"));
        _home.Write(".sage/skills/d/SKILL.md", Skill("bravo"));
        _home.Write(".claude/skills/e/SKILL.md", Skill("charlie"));

        var read = Read();

        Assert.Equal(["alpha", "bravo", "charlie", "delta", "echo"], read.Skills.Select(skill => skill.Name));
        Assert.Equal(
            [".claude/skills/b", "~/.sage/skills/d", "~/.claude/skills/e", ".github/skills/a", ".sage/skills/c"],
            read.Skills.Select(skill => skill.Place)
        );
        Assert.Empty(read.Problems);
    }

    [Fact]
    public void Skills_of_extensions_come_last_and_can_be_read()
    {
        using var extensions = new TempFolder();
        extensions.Write("acme.tools-1.0/skills/pdf/SKILL.md", Skill("pdf", "theirs"));
        extensions.Write("acme.tools-1.0/skills/tables/SKILL.md", Skill("tables"));
        _home.Write(".agents/skills/pdf/SKILL.md", Skill("pdf", "mine"));
        string Folder(string name) => extensions[$"acme.tools-1.0/skills/{name}"];
        _extensions.All =
        [
            new(Folder("pdf"), "acme.tools/skills/pdf"),
            new(Folder("tables"), "acme.tools/skills/tables"),
            new(_home.Root, "acme.tools/skills/evil"),
            new("skills/pdf", "acme.tools/skills/relative"),
        ];

        var read = Read();

        Assert.Equal(["~/.agents/skills/pdf", "acme.tools/skills/tables"], read.Skills.Select(skill => skill.Place));
        Assert.Equal(
            "The skill acme.tools/skills/pdf was left out: ~/.agents/skills/pdf has the name pdf, too.",
            Assert.Single(read.Problems).Text
        );
        Assert.Contains(Folder("tables"), _skills.OutsideFolders());
        Assert.DoesNotContain(_home.Root, _skills.OutsideFolders());
    }

    [Fact]
    public void A_skill_of_an_extension_that_is_gone_is_a_problem()
    {
        _extensions.All = [new(_home["gone/skills/pdf"], "acme.tools/skills/pdf")];

        Assert.StartsWith(
            "The skill acme.tools/skills/pdf was left out: ",
            Assert.Single(Read().Problems).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_workspace_wins_over_the_user_and_that_is_said()
    {
        _workspace.Write(".claude/skills/pdf/SKILL.md", Skill("pdf", "the project's"));
        _home.Write(".sage/skills/pdf/SKILL.md", Skill("pdf", "mine"));

        var read = Read();

        Assert.Equal("the project's", Assert.Single(read.Skills).Description);
        Assert.Equal(
            "The skill ~/.sage/skills/pdf was left out: .claude/skills/pdf has the name pdf, too.",
            Assert.Single(read.Problems).Text
        );
    }

    [Fact]
    public void A_copy_for_another_agent_is_nothing_to_speak_of()
    {
        _workspace.Write(".sage/skills/pdf/SKILL.md", Skill("pdf"));
        _workspace.Write(".claude/skills/pdf/SKILL.md", Skill("pdf"));
        Directory.CreateDirectory(_workspace[".github/skills"]);
        Directory.CreateSymbolicLink(_workspace[".github/skills/pdf"], _workspace[".sage/skills/pdf"]);

        var read = Read();

        Assert.Single(read.Skills);
        Assert.Empty(read.Problems);
    }

    [Theory]
    [InlineData("no front matter", "no description")]
    [InlineData("---\nname: x\n---\n", "no description")]
    [InlineData("---\nname: ../x\ndescription: d\n---\n", "its name may have")]
    [InlineData("---\ndescription d\n---\n", "line 2 of its front matter")]
    [InlineData("", "no description")]
    [InlineData("---\ndescription: \0\n---\n", "not a text file")]
    public void A_bad_file_is_a_problem_and_the_others_go_on(string text, string problem)
    {
        _workspace.Write(".sage/skills/bad/SKILL.md", text);
        _workspace.Write(".sage/skills/good/SKILL.md", Skill("good"));

        var read = Read();

        Assert.Equal("good", Assert.Single(read.Skills).Name);
        Assert.StartsWith(
            "The skill .sage/skills/bad was left out: ",
            Assert.Single(read.Problems).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(problem, read.Problems[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workspace_that_nobody_trusts_brings_none_and_the_users_own_stay()
    {
        _workspace.Write(".sage/skills/theirs/SKILL.md", Skill("theirs"));
        _workspace.Write(".sage/skills/bad/SKILL.md", "bad");
        _home.Write(".sage/skills/mine/SKILL.md", Skill("mine"));
        _trust.Withhold();

        var read = Read();

        Assert.Equal("mine", Assert.Single(read.Skills).Name);
        Assert.Empty(read.Problems);
    }

    [Fact]
    public void A_link_of_the_repository_leads_nowhere_outside()
    {
        using var outside = new TempFolder();
        outside.Write("secret/SKILL.md", Skill("secret"));
        Directory.CreateDirectory(_workspace[".sage/skills/file"]);
        Directory.CreateSymbolicLink(_workspace[".sage/skills/folder"], outside["secret"]);
        Directory.CreateDirectory(_workspace[".claude"]);
        Directory.CreateSymbolicLink(_workspace[".claude/skills"], outside.Root);
        File.CreateSymbolicLink(_workspace[".sage/skills/file/SKILL.md"], outside["secret/SKILL.md"]);

        Assert.Empty(Read().Skills);
    }

    [Fact]
    public void A_link_of_the_user_is_followed_but_never_to_all_of_their_files()
    {
        using var elsewhere = new TempFolder();
        elsewhere.Write("pdf/SKILL.md", Skill("pdf"));
        _home.Write("SKILL.md", Skill("everything"));
        Directory.CreateDirectory(_home[".claude/skills"]);
        Directory.CreateSymbolicLink(_home[".claude/skills/pdf"], elsewhere["pdf"]);
        Directory.CreateSymbolicLink(_home[".claude/skills/all"], _home.Root);

        Assert.Equal([elsewhere["pdf"]], _skills.OutsideFolders());
        Assert.Equal("pdf", Assert.Single(Read().Skills).Name);
    }

    [Fact]
    public void Loading_gives_the_text_and_what_lies_beside_it()
    {
        _workspace.Write(".sage/skills/pdf/SKILL.md", Skill("pdf"));
        _workspace.Write(".sage/skills/pdf/scripts/fill.py", "print()");
        _workspace.Write(".sage/skills/pdf/forms.md", "forms");

        var loaded = _skills.Load(Read().Skills[0])!;

        Assert.Equal("Do it well.", loaded.Text);
        Assert.Equal(["forms.md", "scripts/fill.py"], loaded.Files.AsEnumerable());
        Assert.False(loaded.HasMoreFiles);
    }

    [Fact]
    public async Task The_prompt_names_them_in_a_line_each_and_stays_short()
    {
        for (var i = 0; i < 200; i++)
        {
            _workspace.Write(
                $".sage/skills/s{i:000}/SKILL.md",
                Skill($"s{i:000}", new string('x', 400) + "\n# Mode\n")
            );
        }

        var section = Assert.Single(await SectionsAsync());

        Assert.Equal("Skills", section.Title);
        Assert.Contains("\n- s000: xxx", section.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n# Mode", section.Text, StringComparison.Ordinal);
        Assert.InRange(section.Text.Length, 10_000, 13_000);
        Assert.EndsWith(
            "more are not listed here: load one when the user names it.",
            section.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(section.Text, Assert.Single(await SectionsAsync()).Text);
    }

    [Fact]
    public async Task Without_skills_the_prompt_does_not_grow() => Assert.Empty(await SectionsAsync());

    private SkillSet Read() => _skills.Read(new Workspace(_workspace.Root));

    private Task<System.Collections.Immutable.ImmutableArray<PromptSection>> SectionsAsync() =>
        new SkillList(_skills).ReadAsync(new Workspace(_workspace.Root), DateTimeOffset.UnixEpoch, default);

    private static string Skill(string name, string description = "For forms.") =>
        $"---\nname: {name}\ndescription: {description}\n---\n\nDo it well.\n";
}
