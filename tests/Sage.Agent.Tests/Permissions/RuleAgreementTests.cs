using CsCheck;
using Sage.Agent.Permissions;
using Sage.Agent.ShellLanguage;
using Sage.Agent.Tests.ShellLanguage;
using Sage.TestKit;

namespace Sage.Agent.Tests.Permissions;

/// <summary>What rules say of a line is what the shells of this machine do with it.</summary>
public sealed class RuleAgreementTests : IDisposable
{
    private static readonly int Lines = Fuzz.Size(ordinary: 3_000);

    private static readonly RuleSource User = new(RuleSourceKind.User);

    private readonly RealShells _shells = new();

    public void Dispose() => _shells.Dispose();

    [Fact]
    public void A_line_that_a_wildcard_allows_runs_nothing_but_what_the_rule_says()
    {
        var policy = PolicyOf("run_command(p *)", RuleEffect.Allow);
        Sample(
            (line, shell) => policy.Decide(KeyOf(line, shell)).Effect == RuleEffect.Allow,
            (line, name) => Assert.True(name == "p", $"{name} ran, which p * allows, for:\n{line}")
        );
    }

    [Fact]
    public void A_line_that_runs_what_is_denied_is_never_let_through()
    {
        var policy = PolicyOf("run_command(evil *)", RuleEffect.Deny);
        Sample(
            (line, shell) =>
                line.Contains('v', StringComparison.Ordinal) && policy.Decide(KeyOf(line, shell)).Effect is null,
            (line, name) => Assert.True(name != "evil", $"evil ran, which is denied, for:\n{line}")
        );
    }

    private static PermissionPolicy PolicyOf(string rule, RuleEffect effect) =>
        new([PermissionRule.TryParse(rule, effect, User)!]);

    private static PermissionKey KeyOf(string line, Shells shell) =>
        PermissionKey.OfCommand(PermissionKind.Execute, "run_command", line, shell, _ => false);

    private void Sample(Func<string, Shells, bool> isMeant, Action<string, string> check) =>
        ShellLines.Any.Sample(
            line =>
            {
                if (ShellParser.Parse(line) is not ShellParse.Parsed parsed || !RealShells.MayRun(parsed.Script))
                {
                    return;
                }

                foreach (var (path, _) in RealShells.All.Where(shell => isMeant(line, shell.Kind)))
                {
                    foreach (var call in _shells.Run(path, line))
                    {
                        check(line, call[0]);
                    }
                }
            },
            iter: Lines,
            threads: 1
        );
}
