using Sage.Agent.Permissions;
using Sage.Agent.ShellLanguage;
using Sage.Protocol.Permissions;
using Sage.Storage.Permissions;

namespace Sage.Storage.Tests.Permissions;

public sealed class PermissionFilesTests : IDisposable
{
    private readonly TemporaryHome _home = new();
    private readonly WorkspaceTrust _trust = new();
    private readonly string _policy;
    private readonly PermissionFiles _files;

    public PermissionFilesTests()
    {
        _policy = Path.Combine(_home.Folder, "policy.json");
        _files = NewFiles();
        Directory.CreateDirectory(_home.Home.Root);
    }

    [Fact]
    public void Without_files_there_are_no_rules()
    {
        var policy = _files.Read(_home.Workspace);

        Assert.Empty(policy.Rules);
        Assert.Null(policy.Problem);
    }

    [Fact]
    public void Each_source_is_named_in_what_it_decides()
    {
        Write(
            _home.Home.Settings,
            """{ "permissions": { "allow": ["run_command(npm *)"], "deny": ["read(.env)"] } }"""
        );
        Write(_policy, """{ "permissions": { "deny": ["run_command(curl *)"] } }""");
        Project("""{ "permissions": { "ask": ["run_command(npm publish *)"] } }""");
        _files.Save(_home.Workspace, GrantScope.Workspace, "run_command(make *)");
        _files.Save(_home.Workspace, GrantScope.User, "run_command(cargo *)");

        Assert.Equal((RuleEffect.Allow, RuleSourceKind.User), Decide("npm test"));
        Assert.Equal((RuleEffect.Ask, RuleSourceKind.Project), Decide("npm publish"));
        Assert.Equal((RuleEffect.Deny, RuleSourceKind.Policy), Decide("curl x"));
        Assert.Equal((RuleEffect.Allow, RuleSourceKind.SavedForWorkspace), Decide("make all"));
        Assert.Equal((RuleEffect.Allow, RuleSourceKind.SavedForUser), Decide("cargo test"));
        var read = PermissionKey.OfPaths(PermissionKind.Read, "read_file", "web/.env");
        Assert.Equal(
            $"your settings ({_home.Home.Settings})",
            $"{_files.Read(_home.Workspace).Decide(read).Rule!.Source}"
        );
    }

    [Fact]
    public void A_project_and_a_policy_can_only_restrict()
    {
        Project("""{ "permissions": { "allow": ["run_command"] } }""");
        Write(_policy, """{ "permissions": { "allow": ["run_command"] }, "forbiddenModes": ["full"] }""");

        Assert.Equal((null, null), Decide("npm test"));
        Assert.Equal([PermissionMode.Full], _files.Read(_home.Workspace).ForbiddenModes);
    }

    [Fact]
    public void Where_trust_is_withheld_only_reads_run()
    {
        Assert.False(_files.Read(_home.Workspace).OnlyReads);

        _trust.Withhold();

        Assert.True(_files.Read(_home.Workspace).OnlyReads);
    }

    [Fact]
    public void What_is_saved_for_a_folder_holds_there_and_in_the_next_process()
    {
        _files.Save(_home.Workspace, GrantScope.Workspace, "run_command(make *)");
        _files.Save(_home.Workspace, GrantScope.Workspace, "run_command(make *)");

        var next = NewFiles();
        Assert.Single(next.Read(_home.Workspace).Rules);
        Assert.Empty(next.Read(new Agent.Workspaces.Workspace(_home.Folder)).Rules);
        Assert.Contains(
            "\"run_command(make *)\"",
            File.ReadAllText(_home.Home.SavedPermissions),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Two_windows_that_save_lose_nothing()
    {
        var other = NewFiles();
        _files.Read(_home.Workspace);
        other.Save(_home.Workspace, GrantScope.User, "run_command(a *)");
        _files.Save(_home.Workspace, GrantScope.User, "run_command(b *)");

        Assert.Equal(2, other.Read(_home.Workspace).Rules.Length);
    }

    [Fact]
    public void A_change_of_a_file_holds_for_the_next_question()
    {
        Write(_home.Home.Settings, """{ "permissions": { "deny": ["run_command(a *)"] } }""");
        Assert.Equal(RuleEffect.Deny, Decide("a x").Effect);

        Write(_home.Home.Settings, """{ "permissions": { "deny": ["run_command(bb *)"] } }""");

        Assert.Null(Decide("a x").Effect);
        File.Delete(_home.Home.Settings);
        Assert.Null(Decide("bb x").Effect);
    }

    [Theory]
    [InlineData("{ nonsense")]
    [InlineData("""{ "permissions": { "deny": ["run_command(npm"] } }""")]
    [InlineData("""{ "permissions": { "deny": "run_command" } }""")]
    [InlineData("""{ "permissions": 7 }""")]
    public void Rules_that_cannot_be_read_are_a_problem_that_names_the_file(string text)
    {
        Write(_home.Home.Settings, text);

        var problem = _files.Read(_home.Workspace).Problem;

        Assert.Contains(_home.Home.Settings, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Saving_over_a_file_that_cannot_be_read_is_refused()
    {
        Write(_home.Home.SavedPermissions, "{ nonsense");

        var error = Assert.Throws<IOException>(() => _files.Save(_home.Workspace, GrantScope.User, "edit_file"));

        Assert.Contains(_home.Home.SavedPermissions, error.Message, StringComparison.Ordinal);
        Assert.Equal("{ nonsense", File.ReadAllText(_home.Home.SavedPermissions));
    }

    [Fact]
    public void Settings_may_have_comments_and_a_saved_file_is_private()
    {
        Write(_home.Home.Settings, "// mine\n{ \"permissions\": { \"deny\": [\"run_command(a *)\",], }, }");
        _files.Save(_home.Workspace, GrantScope.User, "edit_file");

        Assert.Equal(RuleEffect.Deny, Decide("a").Effect);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(_home.Home.SavedPermissions)
            );
        }
    }

    [Fact]
    public void A_rule_of_the_command_line_that_is_not_understood_is_named()
    {
        Assert.Equal("run_command(", _files.AllowOnCommandLine(["edit_file", "run_command("]));
        Assert.Null(_files.AllowOnCommandLine(["run_command(npm *)"]));
        Assert.Equal((RuleEffect.Allow, RuleSourceKind.CommandLine), Decide("npm test"));
    }

    public void Dispose() => _home.Dispose();

    private PermissionFiles NewFiles() => new(_home.Home, _trust, new ProjectConsents(_home.Home, _trust), _policy);

    private (RuleEffect? Effect, RuleSourceKind? Source) Decide(string line)
    {
        var key = PermissionKey.OfCommand(PermissionKind.Execute, "run_command", line, Shells.All, _ => false);
        var (effect, rule) = _files.Read(_home.Workspace).Decide(key);
        return (effect, rule?.Source.Kind);
    }

    private void Project(string text)
    {
        var folder = Path.Combine(_home.Workspace.Root, ".sage");
        Directory.CreateDirectory(folder);
        Write(Path.Combine(folder, "settings.json"), text);
    }

    private static void Write(string path, string text) => File.WriteAllText(path, text);
}
