using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sage.Agent.Permissions;
using Sage.Agent.Skills;
using Sage.Agent.Workspaces;
using Sage.Extensibility.Markdown;
using Sage.Extensibility.Memory;
using Sage.Protocol.Skills;

namespace Sage.Extensibility.Skills;

/// <summary>Skills as folders with a SKILL.md: the workspace's, when it is trusted, the user's own, and those of extensions.</summary>
internal sealed partial class SkillFiles(UserFolders user, WorkspaceTrust trust, ExtensionSkills extensions) : ISkills
{
    private const int MostFiles = 100;
    private const int LongestDescription = 500;

    public SkillSet Read(Workspace workspace)
    {
        var found = new SortedDictionary<string, Skill>(StringComparer.Ordinal);
        var problems = ImmutableArray.CreateBuilder<SkillProblem>();
        var folders = trust.IsGranted ? SkillFolder.In(workspace) : [];
        foreach (var folder in folders.Concat(Outside()))
        {
            if (ReadOne(folder, out var problem) is not { } skill)
            {
                LeaveOut(folder, problem!);
            }
            else if (!found.TryAdd(skill.Name, skill) && !IsTheSame(found[skill.Name], skill))
            {
                var stronger = found[skill.Name].Place;
                LeaveOut(folder, $"{stronger} has the name {skill.Name}, too");
            }
        }

        return new SkillSet([.. found.Values], problems.ToImmutable());

        void LeaveOut(SkillFolder folder, string why) =>
            problems.Add(new SkillProblem($"The skill {folder.Place} was left out: {why}.", folder.File));
    }

    public LoadedSkill? Load(Skill skill)
    {
        var path = Path.Combine(skill.Folder, SkillFolder.FileName);
        if (MarkdownFile.Read(path, out var problem) is not { } text)
        {
            return problem is null ? null : throw new IOException($"{skill.Place}: {problem}.");
        }

        var files = FilesIn(skill.Folder).Take(MostFiles + 1).ToList();
        return new LoadedSkill(
            FrontMatter.Of(text).Body,
            [.. files.Take(MostFiles).Order(StringComparer.Ordinal)],
            files.Count > MostFiles
        );
    }

    public IEnumerable<string> OutsideFolders() => Outside().Select(folder => folder.Path);

    private IEnumerable<SkillFolder> Outside() => SkillFolder.Of(user).Concat(SkillFolder.Of(extensions, user));

    private static Skill? ReadOne(SkillFolder folder, out string? problem)
    {
        if (MarkdownFile.Read(folder.File, out problem) is not { } text)
        {
            problem ??= "it is gone";
            return null;
        }

        var header = FrontMatter.Of(text);
        var name = header["name"] ?? Path.GetFileName(folder.Path);
        problem =
            header.Problem
            ?? (
                !Name().IsMatch(name)
                    ? $"its name may have letters, digits, '-', '_' and '.', and is {PlainText.OneLine(name)}"
                : header["description"] is null ? "its SKILL.md says no description in its front matter"
                : null
            );
        return problem is null
            ? new Skill(name, OneLine(header["description"]!), folder.Path, folder.Place, folder.IsOfWorkspace)
            : null;
    }

    // A copy or a link of the same skill, for another agent, is nothing to speak of.
    private static bool IsTheSame(Skill one, Skill other) =>
        one.Folder == other.Folder
        || MarkdownFile.Read(Path.Combine(one.Folder, SkillFolder.FileName), out _)
            == MarkdownFile.Read(Path.Combine(other.Folder, SkillFolder.FileName), out _);

    /// <summary>Each file but SKILL.md itself; links are not followed, read_file looks where they lead.</summary>
    private static IEnumerable<string> FilesIn(string folder) =>
        Directory
            .EnumerateFiles(
                folder,
                "*",
                new EnumerationOptions
                {
                    RecurseSubdirectories = true,
                    IgnoreInaccessible = true,
                    AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden,
                    MaxRecursionDepth = 8,
                }
            )
            .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(path => path != SkillFolder.FileName);

    private static string OneLine(string description)
    {
        var line = Blanks().Replace(description, " ").Trim();
        return line.Length <= LongestDescription ? line : line[..LongestDescription] + "…";
    }

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}._-]{0,63}$")]
    private static partial Regex Name();

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Blanks();
}
