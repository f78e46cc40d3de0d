using System.Runtime.Versioning;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Tests.Walls;

/// <summary>What git would run for the user stays as it is, and committing works.</summary>
[SupportedOSPlatform("linux")]
public sealed class RepositoryTests : IDisposable
{
    private const string Init =
        "git init -q . && git add readme && git commit -qm first && mkdir -p .git/hooks .vscode && echo '{}' > .vscode/settings.json";

    private readonly WalledWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("echo evil > .git/hooks/pre-commit")]
    [InlineData("cp readme .git/hooks/post-checkout")]
    [InlineData("mv readme .git/hooks/pre-commit")]
    [InlineData("ln readme .git/hooks/pre-commit")]
    [InlineData("chmod -R 777 .git/hooks")]
    [InlineData("rm -rf .git/hooks && mkdir .git/hooks && echo evil > .git/hooks/pre-commit")]
    [InlineData("mv .git/hooks .git/old && mkdir .git/hooks && echo evil > .git/hooks/pre-commit")]
    [InlineData("mv .git old && cp -r old .git && echo evil > .git/hooks/pre-commit")]
    [InlineData("git init -q other && echo evil > other/.git/hooks/pre-commit && rm -rf .git; mv -T other/.git .git")]
    [InlineData("mv ../ws ../old && cp -r ../old ../ws && echo evil > .git/hooks/pre-commit")]
    [InlineData("git config core.hooksPath /tmp/evil")]
    [InlineData("git config core.fsmonitor evil")]
    [InlineData("echo '[core] fsmonitor = evil' >> .git/config")]
    [InlineData("echo '[core] fsmonitor = evil' > new && mv -f new .git/config")]
    [InlineData("rm -f .git/config && echo evil > .git/config")]
    [InlineData("git worktree add -q tree")]
    [InlineData("echo '{\"evil\": 1}' > .vscode/settings.json")]
    [InlineData("echo evil > .vscode/tasks.json")]
    [InlineData("rm -rf .vscode && mkdir .vscode && echo evil > .vscode/settings.json")]
    [InlineData("mv .vscode old && cp -r old .vscode && echo evil > .vscode/settings.json")]
    public async Task What_others_run_or_obey_is_not_changed(string command)
    {
        await _workspace.PrepareAsync(Init + " && mkdir -p .git/worktrees");
        var before = Protected();

        var run = await _workspace.RunAsync(command);

        Assert.False(run.Worked, run.Output);
        Assert.Equal(before, Protected());
        Assert.Empty(run.Walls.Missing);
    }

    [Fact]
    public async Task Staging_committing_branching_and_stashing_work()
    {
        await _workspace.PrepareAsync(Init);

        var run = await _workspace.RunAsync(
            "set -e; echo two > two; git status --short; git add two; git commit -qm second; git checkout -q -b side; "
                + "echo three >> two; git stash -q; git stash pop -q; git commit -qam third; git gc -q; git rebase -q master 2>&1 || git rebase -q main; "
                + "git tag one; git log --oneline | wc -l"
        );

        Assert.True(run.Worked, run.Output);
        Assert.EndsWith("3\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_git_may_only_be_looked_at_nothing_of_it_changes()
    {
        await _workspace.PrepareAsync(Init);
        var walls = WorkspaceWalls.Around(_workspace.Places, NetworkAccess.Off, RepositoryAccess.ReadOnly);

        var run = await _workspace.RunAsync("git log --oneline && git status && touch .git/commondir", walls);

        Assert.False(run.Worked);
        Assert.Contains("first", run.Output, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hooks_of_modules_and_of_repositories_in_folders_are_held_too()
    {
        await _workspace.PrepareAsync(
            Init
                + " && git init -q inner && mkdir -p .git/modules/libs/json/hooks && cp .git/HEAD .git/config .git/modules/libs/json/"
        );

        var run = await _workspace.RunAsync(
            "echo evil > inner/.git/hooks/x || echo evil > .git/modules/libs/json/hooks/x || mv .git/modules m || mv inner i"
        );

        Assert.False(run.Worked, run.Output);
    }

    [Fact]
    public async Task In_a_linked_worktree_a_commit_works_and_hooks_do_not_change()
    {
        await _workspace.PrepareAsync(Init + " && git worktree add -q ../tree");
        var tree = Path.Join(_workspace.Root, "tree");
        var walls = WorkspaceWalls.Around(
            _workspace.Places with
            {
                Workspace = tree,
            },
            NetworkAccess.Off,
            RepositoryAccess.Commit
        );

        var commit = await _workspace.RunAsync(
            $"cd {tree} && echo new > new && git add new && git commit -qm new",
            walls
        );
        var hook = await _workspace.RunAsync(
            $"cd {tree} && (echo evil > ../ws/.git/hooks/x || git config a.b c || echo gitdir: /evil > .git || rm .git)",
            walls
        );

        Assert.True(commit.Worked, commit.Output);
        Assert.False(hook.Worked, hook.Output);
    }

    [Fact]
    public async Task A_file_that_names_a_foreign_repository_opens_nothing()
    {
        await _workspace.PrepareAsync(
            Init + " && mkdir ../fake && echo gitdir: ../ws/.git/worktrees/fake > ../fake/.git"
        );
        var walls = WorkspaceWalls.Around(
            _workspace.Places with
            {
                Workspace = Path.Join(_workspace.Root, "fake"),
            },
            NetworkAccess.Off,
            RepositoryAccess.Commit
        );

        Assert.DoesNotContain(walls.Writable, path => path.Contains("ws", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_protected_before_it_existed_is_told_when_it_appears()
    {
        var run = await _workspace.RunAsync("mkdir .vscode && echo evil > .vscode/settings.json && touch harmless");

        Assert.Equal(Path.Join(_workspace.Workspace, ".vscode"), Assert.Single(run.Exit.Appeared));
    }

    private List<string> Protected() =>
        [
            .. new[] { ".git/hooks", ".git/config", ".git/worktrees", ".vscode" }
                .Select(name => Path.Join(_workspace.Workspace, name))
                .SelectMany(path => Directory.Exists(path) ? Directory.GetFileSystemEntries(path) : [path])
                .Order(StringComparer.Ordinal)
                .Select(file =>
                    File.Exists(file) ? $"{file} {File.GetUnixFileMode(file)} {File.ReadAllText(file)}" : file
                ),
        ];
}
