using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Sage.Providers.Demo;

/// <summary>What the demo does next: says something, calls tools, or both. Without calls the turn ends.</summary>
internal sealed record DemoStep(string Text, params ImmutableArray<DemoCall> Calls);

/// <param name="Name">The tool.</param>
/// <param name="Arguments">JSON text.</param>
internal sealed record DemoCall(string Name, string Arguments)
{
    public static DemoCall ListDirectory() => new("list_directory", "{}");

    public static DemoCall Glob(string pattern) => Create("glob", new JsonObject { ["pattern"] = pattern });

    public static DemoCall ReadFile(string path) => Create("read_file", new JsonObject { ["path"] = path });

    public static DemoCall Grep(string pattern) =>
        Create("grep", new JsonObject { ["pattern"] = pattern, ["output"] = "content" });

    public static DemoCall Run(string command) => Create("run_command", new JsonObject { ["command"] = command });

    public static DemoCall Write(string path, string content) =>
        Create("write_file", new JsonObject { ["path"] = path, ["content"] = content });

    public static DemoCall ExitPlanMode(string plan) => Create("exit_plan_mode", new JsonObject { ["plan"] = plan });

    public static DemoCall UpdatePlan(IEnumerable<string> done) =>
        Create(
            "update_plan",
            new JsonObject
            {
                ["items"] = new JsonArray([
                    .. done.Select(text => new JsonObject { ["text"] = text, ["status"] = "completed" }),
                ]),
            }
        );

    public static DemoCall Edit(string path, string oldText, string newText, Occurrences occurrences)
    {
        var edit = new JsonObject { ["old_text"] = oldText, ["new_text"] = newText };
        if (occurrences == Occurrences.All)
        {
            edit["replace_all"] = true;
        }
        return Create("edit_file", new JsonObject { ["path"] = path, ["edits"] = new JsonArray(edit) });
    }

    private static DemoCall Create(string name, JsonObject arguments) => new(name, arguments.ToJsonString());
}

/// <summary>How many matches of a text an edit replaces.</summary>
internal enum Occurrences
{
    TheOne,
    All,
}
