namespace Sage.Extensibility.Hooks.Dialects;

/// <summary>What other programs call the tools, so that hooks that were written for these find what they are for.</summary>
internal static class ToolWords
{
    private static readonly Dictionary<string, string[]> Others = new(StringComparer.Ordinal)
    {
        ["run_command"] = ["Bash"],
        ["read_file"] = ["Read"],
        ["edit_file"] = ["Edit", "MultiEdit"],
        ["write_file"] = ["Write"],
        // It edits and writes: whoever keeps an eye on either must see it.
        ["apply_patch"] = ["Edit", "MultiEdit", "Write"],
        ["glob"] = ["Glob"],
        ["grep"] = ["Grep"],
        ["list_directory"] = ["LS"],
        ["fetch_url"] = ["WebFetch"],
        ["web_search"] = ["WebSearch"],
        ["run_subagent"] = ["Task", "Agent"],
        ["update_plan"] = ["TodoWrite"],
        ["load_skill"] = ["Skill"],
        ["ask_user"] = ["AskUserQuestion"],
        ["notebook_edit"] = ["NotebookEdit"],
        ["exit_plan_mode"] = ["ExitPlanMode"],
        ["command_output"] = ["BashOutput"],
        ["stop_command"] = ["KillShell", "KillBash"],
        // Kinds of sub-agents.
        ["explore"] = ["Explore"],
        ["general"] = ["general-purpose"],
    };

    // Rules there are about groups of tools.
    private static readonly Dictionary<string, string> Rules = new(StringComparer.Ordinal)
    {
        ["Bash"] = "run_command",
        ["Edit"] = "edit",
        ["Write"] = "edit",
        ["MultiEdit"] = "edit",
        ["NotebookEdit"] = "edit",
        ["Read"] = "read_file",
        ["WebFetch"] = "fetch_url",
        ["WebSearch"] = "web_search",
        ["Task"] = "run_subagent",
        ["Agent"] = "run_subagent",
    };

    /// <summary>All that it is called, Sage's own name first.</summary>
    public static IEnumerable<string> NamesOf(string tool) => Others.GetValueOrDefault(tool, []).Prepend(tool);

    /// <summary>Sage's own name for it; the same when it is nobody else's.</summary>
    public static string SageNameOf(string name) =>
        Others.FirstOrDefault(pair => pair.Value.Contains(name, StringComparer.Ordinal)).Key ?? name;

    /// <summary>A rule in Sage's words: <c>Bash(git push:*)</c> is <c>run_command(git push *)</c>.</summary>
    public static string RuleOf(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var tool = open < 0 ? text : text[..open];
        if (!Rules.TryGetValue(tool, out var ours))
        {
            return text;
        }

        var pattern = open < 0 ? "" : text[open..];
        pattern = pattern.Replace("(domain:", "(", StringComparison.Ordinal);
        return ours + (pattern.EndsWith(":*)", StringComparison.Ordinal) ? pattern[..^3] + " *)" : pattern);
    }
}
