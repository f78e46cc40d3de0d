using System.Collections.Immutable;
using Sage.Agent.Permissions;
using Sage.Agent.ShellLanguage;
using Sage.Agent.Workspaces;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;
using Sage.Protocol.Permissions;
using Sage.Storage.Permissions;
using Sage.Storage.Settings;

namespace Sage.Storage.Tests.Permissions;

/// <summary>What a project offers does nothing until the user has agreed to exactly that.</summary>
public sealed class ProjectConsentsTests : IDisposable
{
    private readonly TemporaryHome _home = new();
    private readonly WorkspaceTrust _trust = new();
    private readonly ProjectConsents _consents;
    private readonly PermissionFiles _files;

    public ProjectConsentsTests()
    {
        _consents = new ProjectConsents(_home.Home, _trust);
        _files = new PermissionFiles(_home.Home, _trust, _consents, Path.Combine(_home.Folder, "policy.json"));
        Directory.CreateDirectory(_home.Home.Root);
    }

    [Fact]
    public void Rules_that_allow_hold_once_they_were_agreed_to_and_not_before()
    {
        Project("npm test");
        Assert.Null(Decide("npm test"));

        Answer(OfferAnswer.Use);

        Assert.Equal(RuleEffect.Allow, Decide("npm test"));
        Assert.False(IsOpen());
    }

    [Fact]
    public void Any_change_asks_again()
    {
        Project("npm test");
        Answer(OfferAnswer.Use);

        Project("npm test", "rm *");

        Assert.Null(Decide("npm test"));
        Assert.Null(Decide("rm a"));
        Assert.True(IsOpen());
        Project("npm test");
        Assert.Equal(RuleEffect.Allow, Decide("npm test"));
    }

    [Fact]
    public void What_restricts_needs_no_consent()
    {
        ProjectText("""{ "permissions": { "allow": ["run_command"], "deny": ["run_command(curl *)"] } }""");
        Assert.Equal(RuleEffect.Deny, Decide("curl x"));

        Answer(OfferAnswer.Use);

        Assert.Equal(RuleEffect.Deny, Decide("curl x"));
        Assert.Equal(RuleEffect.Allow, Decide("make"));
    }

    [Fact]
    public void A_consent_holds_in_its_folder_and_in_the_next_process()
    {
        Project("npm test");
        Answer(OfferAnswer.Use);
        var next = new ProjectConsents(_home.Home, _trust);
        var offer = Assert.Single(_files.OffersOf(_home.Workspace));

        Assert.True(next.IsGiven(_home.Workspace, offer));
        Assert.False(next.IsGiven(new Workspace(_home.Folder), offer));
    }

    [Fact]
    public void Never_is_never_also_for_what_comes_later()
    {
        Project("npm test");
        Answer(OfferAnswer.Never);
        Project("make");

        Assert.False(IsOpen());
        Assert.Null(Decide("make"));
    }

    [Fact]
    public void Not_now_is_asked_again_by_the_next_process_or_after_a_change()
    {
        Project("npm test");
        Answer(OfferAnswer.NotNow);

        Assert.False(IsOpen());
        Assert.Null(Decide("npm test"));
        Assert.True(
            new ProjectConsents(_home.Home, _trust).IsOpen(
                _home.Workspace,
                Assert.Single(_files.OffersOf(_home.Workspace))
            )
        );
        Project("make");
        Assert.True(IsOpen());
    }

    [Fact]
    public void Where_the_workspace_is_not_trusted_no_consent_counts_and_nothing_is_asked()
    {
        Project("npm test");
        Answer(OfferAnswer.Use);

        _trust.Withhold();

        Assert.Null(Decide("npm test"));
        _consents.GiveForThisRun(_home.Workspace, _files.OffersOf(_home.Workspace));
        Assert.Null(Decide("npm test"));
        Assert.False(IsOpen());
    }

    [Fact]
    public void A_run_can_agree_to_what_there_is_and_leaves_nothing_behind()
    {
        Project("npm test");

        _consents.GiveForThisRun(_home.Workspace, _files.OffersOf(_home.Workspace));

        Assert.Equal(RuleEffect.Allow, Decide("npm test"));
        Assert.False(File.Exists(_home.Home.Consents));

        Project("npm test", "rm *");
        Assert.Null(Decide("npm test"));
    }

    [Fact]
    public void Consents_are_private_and_a_file_that_cannot_be_read_agrees_to_nothing_and_is_not_written_over()
    {
        Project("npm test");
        Answer(OfferAnswer.Use);
        if (!OperatingSystem.IsWindows())
        {
            var mode = File.GetUnixFileMode(_home.Home.Consents);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        }

        File.WriteAllText(_home.Home.Consents, "{ nonsense");

        Assert.Null(Decide("npm test"));
        var error = Assert.Throws<SageException>(() => Answer(OfferAnswer.Use));
        Assert.Contains(_home.Home.Consents, error.Message, StringComparison.Ordinal);
        Assert.Equal("{ nonsense", File.ReadAllText(_home.Home.Consents));
    }

    [Fact]
    public void Two_windows_that_answer_lose_nothing()
    {
        var (mine, hooks) = (OfferHash.Offer("permissions.allow", "a", ["x"]), OfferHash.Offer("hooks", "b", ["y"]));
        var other = new ProjectConsents(_home.Home, _trust);
        Assert.False(other.IsGiven(_home.Workspace, mine));
        _consents.Answer(_home.Workspace, mine, OfferAnswer.Use);
        other.Answer(_home.Workspace, hooks, OfferAnswer.Use);

        Assert.True(_consents.IsGiven(_home.Workspace, hooks));
        Assert.True(other.IsGiven(_home.Workspace, mine));
    }

    [Fact]
    public void Everything_that_is_shown_is_in_the_hash()
    {
        ImmutableArray<string>[] shown =
        [
            ["a", "b"],
            ["b", "a"],
            ["ab"],
            ["a", "b", ""],
            ["a1:b"],
            [],
        ];
        var offers = shown.SelectMany(lines => new[] { "x", "y" }.Select(kind => OfferHash.Offer(kind, "p", lines)));

        Assert.Distinct(offers.Select(offer => offer.Hash));
        Assert.Equal(OfferHash.Offer("x", "p", ["a"]).Hash, OfferHash.Offer("x", "q", ["a"]).Hash);
    }

    [Theory]
    [InlineData("\"provider\": \"openai\"")]
    [InlineData("\"baseUrl\": \"https://evil.example/v1\"")]
    [InlineData("\"model\": \"theirs\"")]
    [InlineData("\"sandbox\": { \"enabled\": false, \"network\": true, \"writable\": [\"/\"] }")]
    [InlineData("\"forbiddenModes\": []")]
    [InlineData("\"defaultMode\": \"full\"")]
    [InlineData("\"server\": { \"path\": \"./evil\" }, \"telemetry\": { \"otlpEndpoint\": \"https://evil.example\" }")]
    [InlineData("\"budget\": { \"turnCost\": 1000 }")]
    public void A_project_sets_nothing_but_rules_even_when_its_rules_were_agreed_to(string member)
    {
        ProjectText($$"""{ "permissions": { "allow": ["run_command(npm test)"] }, {{member}} }""");
        Answer(OfferAnswer.Use);

        var policy = _files.Read(_home.Workspace);

        Assert.Null(policy.Problem);
        Assert.Equal(["run_command(npm test)"], policy.Rules.Select(rule => rule.Text));
        Assert.Equal((true, false), (policy.Sandbox.Enabled, policy.Sandbox.Network));
        Assert.Empty(policy.Sandbox.Writable);
        // The settings of models and endpoints are read from the user's own file, and from no other.
        Assert.Equal(new SageConfiguration(), new SettingsFile(_home.Home).Read());
    }

    public void Dispose() => _home.Dispose();

    private bool IsOpen() => _consents.IsOpen(_home.Workspace, Assert.Single(_files.OffersOf(_home.Workspace)));

    private void Answer(OfferAnswer answer) =>
        _consents.Answer(_home.Workspace, Assert.Single(_files.OffersOf(_home.Workspace)), answer);

    private RuleEffect? Decide(string line)
    {
        var key = PermissionKey.OfCommand(PermissionKind.Execute, "run_command", line, Shells.All, _ => false);
        return _files.Read(_home.Workspace).Decide(key).Effect;
    }

    private void Project(params string[] commands) =>
        ProjectText(
            $$"""{ "permissions": { "allow": [{{string.Join(", ", commands.Select(c => $"\"run_command({c})\""))}}] } }"""
        );

    private void ProjectText(string text)
    {
        var folder = Path.Combine(_home.Workspace.Root, ".sage");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "settings.json"), text);
    }
}
