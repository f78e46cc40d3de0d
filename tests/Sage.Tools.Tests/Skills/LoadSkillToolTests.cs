using Sage.Agent.Permissions;
using Sage.Agent.Skills;
using Sage.Protocol.Events;
using Sage.Tools.Files;
using Sage.Tools.Skills;

namespace Sage.Tools.Tests.Skills;

public sealed class LoadSkillToolTests : IDisposable
{
    private readonly ToolBench _bench = new();
    private readonly string _folder;

    public LoadSkillToolTests()
    {
        _folder = Path.Combine(_bench.Outside, "home", "skills", "pdf");
        Directory.CreateDirectory(_folder);
        _bench.Skills.All[new Skill("pdf", "For forms.", _folder, "~/.sage/skills/pdf", IsOfWorkspace: false)] =
            new LoadedSkill("Read forms.md first.", ["forms.md", "scripts/fill.py"], HasMoreFiles: false);
        _bench.Skills.Folders.Add(_folder);
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task It_gives_the_text_and_says_whose_it_is_and_where_its_files_are()
    {
        var result = await _bench.RunAsync(new LoadSkillTool(_bench.Skills), """{"name":"pdf"}""");

        Assert.Equal(
            $"""
            Skill pdf, of the user, in {_folder}.
            Its other files, to be read with read_file below that folder:
            - forms.md
            - scripts/fill.py

            Read forms.md first.
            """,
            result.Text
        );
    }

    [Fact]
    public void Loading_is_a_read() =>
        Assert.Equal(
            PermissionKind.Read,
            _bench.Accept(new LoadSkillTool(_bench.Skills), """{"name":"pdf"}""").Permission.Kind
        );

    [Theory]
    [InlineData("pfd", "There is no skill pfd. There are: pdf.")]
    [InlineData("pd", "There is no skill pd. Did you mean pdf?")]
    [InlineData("something else", "There is no skill something else. There are: pdf.")]
    public async Task A_name_that_there_is_not_is_answered_with_those_there_are(string name, string answer)
    {
        var result = await _bench.RunAsync(new LoadSkillTool(_bench.Skills), $$"""{"name":"{{name}}"}""");

        Assert.Equal((ToolCallStatus.Error, answer), (result.Status, result.Text));
    }

    [Fact]
    public async Task The_files_of_a_users_skill_can_be_read_and_nothing_beside_them()
    {
        File.WriteAllText(Path.Combine(_folder, "forms.md"), "Fill in ink.");
        var beside = Path.Combine(_bench.Outside, "home", "skills", "notes.md");
        File.WriteAllText(beside, "private");
        File.CreateSymbolicLink(Path.Combine(_folder, "link.md"), beside);

        Assert.Contains("Fill in ink.", await ReadAsync("forms.md"), StringComparison.Ordinal);
        Assert.Contains("is outside the workspace", await ReadAsync("../notes.md"), StringComparison.Ordinal);
        Assert.Contains("is outside the workspace", await ReadAsync("link.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_files_of_a_users_skill_cannot_be_written()
    {
        var path = Path.Combine(_folder, "forms.md");
        var write = new WriteFileTool(new FileRewriter(_bench.Files, _bench.Images));

        var result = await _bench.RunAsync(write, $$"""{"path":"{{path}}","content":"mine"}""");

        Assert.Contains("is outside the workspace", result.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    private async Task<string> ReadAsync(string name) =>
        (
            await _bench.RunAsync(new ReadFileTool(_bench.Files), $$"""{"path":"{{Path.Combine(_folder, name)}}"}""")
        ).Text;
}
