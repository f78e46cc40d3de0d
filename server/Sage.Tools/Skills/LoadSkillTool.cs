using System.ComponentModel;
using System.Text;
using Sage.Agent.Commands;
using Sage.Agent.Permissions;
using Sage.Agent.Skills;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Tools.Schemas;

namespace Sage.Tools.Skills;

internal sealed record LoadSkillInput([property: Description("As listed under Skills.")] string Name);

/// <summary>Gives the model the text of a skill, and what lies beside it.</summary>
internal sealed class LoadSkillTool(ISkills skills)
    : Tool<LoadSkillInput>(
        ToolName,
        "Load the instructions of a skill.",
        ToolInputJson.Default.LoadSkillInput,
        TimeSpan.FromSeconds(30),
        outputBudget: 70_000
    )
{
    private const string ToolName = "load_skill";

    protected override Preparation PrepareCall(LoadSkillInput input, ToolContext context) =>
        string.IsNullOrWhiteSpace(input.Name)
            ? new Preparation.Rejected("`name` is empty.")
            : new Preparation.Accepted(
                new PreparedCall(
                    $"Load the skill {input.Name}",
                    ResourceAccess.None,
                    new PermissionKey(PermissionKind.Read, ToolName, input.Name),
                    _ => Task.FromResult(Load(input.Name, context.Workspace))
                )
            );

    private ToolResult Load(string name, Workspace workspace)
    {
        var all = skills.Read(workspace).Skills;
        return all.FirstOrDefault(skill => skill.Name == name) is not { } wanted
                ? Unknown(name, [.. all.Select(s => s.Name)])
            : skills.Load(wanted) is not { } loaded ? ToolResult.Error($"The skill {name} is gone: {wanted.Folder}.")
            : ToolResult.Ok(Show(wanted, loaded, workspace.Display(wanted.Folder)));
    }

    private static ToolResult Unknown(string name, string[] names)
    {
        if (names.Length == 0)
        {
            return ToolResult.Error("There are no skills here.");
        }

        var near = NearNames.Of(name, names);
        return ToolResult.Error(
            near.Length > 0
                ? $"There is no skill {name}. Did you mean {string.Join(" or ", near)}?"
                : $"There is no skill {name}. There are: {string.Join(", ", names)}."
        );
    }

    private static string Show(Skill skill, LoadedSkill loaded, string folder)
    {
        var text = new StringBuilder();
        text.Append($"Skill {skill.Name}, of {(skill.IsOfWorkspace ? "this workspace" : "the user")}, in {folder}.\n");
        if (!loaded.Files.IsEmpty)
        {
            text.Append("Its other files, to be read with read_file below that folder:\n");
            text.AppendJoin('\n', loaded.Files.Select(static file => $"- {file}")).Append('\n');
            text.Append(loaded.HasMoreFiles ? "- and more\n" : "");
        }

        return text.Append('\n').Append(loaded.Text).ToString();
    }
}
