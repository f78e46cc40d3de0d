using System.Collections.Immutable;

namespace Sage.Extensibility.Subagents;

/// <summary>
/// The names of tools as people write them in such files: ours, and those of Claude Code, for whom most files were written. A word that
/// is neither allows nothing.
/// </summary>
/// <param name="ours">The names of all built-in tools, whether they are set up or not.</param>
internal sealed class ToolWords(IEnumerable<string> ours)
{
    private const string OfServers = "mcp__";

    private static readonly ImmutableDictionary<string, string[]> Claude = new Dictionary<string, string[]>
    {
        ["Bash"] = ["run_command", "command_output", "stop_command"],
        ["BashOutput"] = ["command_output"],
        ["Edit"] = ["edit_file"],
        ["Glob"] = ["glob"],
        ["Grep"] = ["grep"],
        ["KillBash"] = ["stop_command"],
        ["KillShell"] = ["stop_command"],
        ["LS"] = ["list_directory"],
        ["MultiEdit"] = ["edit_file"],
        ["NotebookEdit"] = ["notebook_edit"],
        ["NotebookRead"] = ["read_file"],
        ["Read"] = ["read_file"],
        ["Skill"] = ["load_skill"],
        ["WebFetch"] = ["fetch_url"],
        ["WebSearch"] = ["web_search"],
        ["Write"] = ["write_file"],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    // Writing is writing, whatever it is called: who says that it may not edit does not mean that it may patch.
    private static readonly ImmutableDictionary<string, string[]> AlsoDenied = new Dictionary<string, string[]>
    {
        ["Edit"] = ["apply_patch", "delete_file", "move_file", "notebook_edit"],
        ["MultiEdit"] = ["apply_patch", "delete_file", "move_file", "notebook_edit"],
        ["Write"] = ["apply_patch", "delete_file", "move_file", "notebook_edit"],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    // No sub-agent has them, so there is nothing to say.
    private static readonly ImmutableHashSet<string> ForOthers = ImmutableHashSet.Create<string>(
        StringComparer.Ordinal,
        "Agent",
        "AskUserQuestion",
        "EnterPlanMode",
        "ExitPlanMode",
        "SlashCommand",
        "Task",
        "TodoWrite",
        "ask_user",
        "run_subagent",
        "update_plan"
    );

    private readonly ImmutableHashSet<string> _ours = ours.ToImmutableHashSet(StringComparer.Ordinal);

    /// <summary>What the words allow.</summary>
    /// <param name="words">As they stand in the file.</param>
    /// <param name="unknown">Those that allow nothing.</param>
    public ImmutableArray<string> Allowed(IEnumerable<string> words, out ImmutableArray<string> unknown) =>
        Read(words, Meant, out unknown);

    /// <summary>What the words take away; more rather than less.</summary>
    public ImmutableArray<string> Denied(IEnumerable<string> words, out ImmutableArray<string> unknown) =>
        // `Bash(rm:*)` takes away some commands: which ones is not ours to work out, so all of them go.
        Read(words.Select(static word => word.Split('(', 2)[0].Trim()), MeantByDenial, out unknown);

    private static ImmutableArray<string> Read(
        IEnumerable<string> words,
        Func<string, string[]?> meant,
        out ImmutableArray<string> unknown
    )
    {
        var read = words.Select(word => (Word: word, Tools: meant(word))).ToList();
        unknown = [.. read.Where(static pair => pair.Tools is null).Select(static pair => pair.Word)];
        return [.. read.SelectMany(static pair => pair.Tools ?? []).Distinct(StringComparer.Ordinal)];
    }

    private string[]? MeantByDenial(string word) =>
        Meant(word) is { } tools ? [.. tools, .. AlsoDenied.GetValueOrDefault(word, [])] : null;

    private string[]? Meant(string word) =>
        ForOthers.Contains(word.Split('(', 2)[0]) ? []
        : _ours.Contains(word) || word == "*" ? [word]
        : Claude.GetValueOrDefault(word) is { } tools ? tools
        : word.StartsWith(OfServers, StringComparison.Ordinal) ? [OfServer(word)]
        : null;

    /// <summary><c>mcp__github</c> stands for all tools of that server.</summary>
    private static string OfServer(string word) =>
        word.EndsWith('*') || word.IndexOf("__", OfServers.Length, StringComparison.Ordinal) >= 0 ? word : $"{word}__*";
}
