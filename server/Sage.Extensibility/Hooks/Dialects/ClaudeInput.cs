using System.Text.Json;
using System.Text.Json.Nodes;
using Sage.Agent.Hooks;

namespace Sage.Extensibility.Hooks.Dialects;

/// <summary>
/// The arguments of a call as Claude Code would have them, and back. What there is no other word for keeps its own, so nothing is
/// lost on the way.
/// </summary>
/// <param name="call">The call.</param>
/// <param name="root">Of the workspace; paths are absolute there.</param>
internal sealed class ClaudeInput(HookCall call, string root)
{
    private static readonly Dictionary<string, (string Ours, string Theirs)[]> Words = new(StringComparer.Ordinal)
    {
        ["run_command"] = [("timeout_s", "timeout"), ("background", "run_in_background")],
        ["read_file"] = [("path", "file_path"), ("start_line", "offset"), ("end_line", "limit")],
        ["write_file"] = [("path", "file_path")],
        ["edit_file"] = [("path", "file_path")],
        ["delete_file"] = [("path", "file_path")],
        ["notebook_edit"] =
        [
            ("path", "notebook_path"),
            ("mode", "edit_mode"),
            ("kind", "cell_type"),
            ("source", "new_source"),
        ],
        ["grep"] = [("output", "output_mode"), ("case_insensitive", "-i"), ("context", "-C")],
        ["run_subagent"] = [("task", "prompt"), ("kind", "subagent_type")],
        ["load_skill"] = [("name", "skill")],
        ["command_output"] = [("id", "bash_id")],
        ["stop_command"] = [("id", "shell_id")],
    };

    private static readonly (string Ours, string Theirs)[] EditWords =
    [
        ("old_text", "old_string"),
        ("new_text", "new_string"),
    ];

    private (string Ours, string Theirs)[] Renamed => Words.GetValueOrDefault(call.Tool, []);

    /// <summary>What the tool is called there.</summary>
    public string Tool =>
        call.Tool switch
        {
            "edit_file" when EditsOf(call.Input) is not [_] => "MultiEdit",
            // It has arguments of its own: by another name nobody could read them.
            "apply_patch" or "update_plan" or "ask_user" => call.Tool,
            _ => ToolWords.NamesOf(call.Tool).Skip(1).FirstOrDefault(call.Tool),
        };

    public JsonObject Arguments
    {
        get
        {
            var theirs = new JsonObject();
            foreach (var argument in call.Input.EnumerateObject())
            {
                var name = Array.Find(Renamed, word => word.Ours == argument.Name).Theirs ?? argument.Name;
                theirs[name] = There(argument.Name, argument.Value);
            }

            if (call.Tool == "edit_file")
            {
                SpreadEdits(theirs);
            }

            if (call.Tool == "apply_patch" && call.Files is [var first, ..])
            {
                theirs["file_path"] = first;
                theirs["file_paths"] = new JsonArray([.. call.Files.Select(static file => JsonValue.Create(file))]);
            }

            return theirs;
        }
    }

    /// <summary>Sage's arguments for what a hook wants in their place.</summary>
    public JsonElement Back(JsonElement wanted)
    {
        if (wanted.ValueKind != JsonValueKind.Object)
        {
            return wanted;
        }

        var ours = new JsonObject();
        foreach (var argument in wanted.EnumerateObject())
        {
            var name = Array.Find(Renamed, word => word.Theirs == argument.Name).Ours ?? argument.Name;
            // These were only said, not asked.
            if (call.Tool != "apply_patch" || argument.Name is not ("file_path" or "file_paths"))
            {
                ours[name] = Here(name, argument.Value, wanted);
            }
        }

        if (call.Tool == "edit_file")
        {
            GatherEdits(ours);
        }

        return JsonElement.Parse(ours.ToJsonString());
    }

    private JsonNode? There(string name, JsonElement value) =>
        (call.Tool, name) switch
        {
            (_, "path") when value.ValueKind == JsonValueKind.String => Absolute(value.GetString()!),
            ("run_command", "timeout_s") when Number(value) is { } seconds => seconds * 1000,
            ("read_file", "end_line") when Number(value) is { } end => end - (Number("start_line") ?? 1) + 1,
            ("grep", "output") when value.ToString() == "files" => "files_with_matches",
            _ => Copy(value),
        };

    private JsonNode? Here(string name, JsonElement value, JsonElement wanted) =>
        (call.Tool, name) switch
        {
            // The same file by its full name is no other argument.
            (_, "path") when OriginalPath is { } path && value.ToString() == Absolute(path) => path,
            ("run_command", "timeout_s") when Number(value) is { } ms => (int)Math.Ceiling(ms / 1000),
            ("read_file", "end_line") when Number(value) is { } limit => (int)(
                (wanted.TryGetProperty("offset", out var offset) ? Number(offset) ?? 1 : 1) + limit - 1
            ),
            ("grep", "output") when value.ToString() == "files_with_matches" => "files",
            _ => Copy(value),
        };

    private string? OriginalPath =>
        call.Input.TryGetProperty("path", out var path) && path.ValueKind == JsonValueKind.String
            ? path.GetString()
            : null;

    private string Absolute(string path) =>
        path.Contains('\0', StringComparison.Ordinal) ? path : Path.GetFullPath(path, root);

    private double? Number(string name) => call.Input.TryGetProperty(name, out var value) ? Number(value) : null;

    private static double? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    private static JsonElement[] EditsOf(JsonElement input) =>
        input.TryGetProperty("edits", out var edits) && edits.ValueKind == JsonValueKind.Array
            ? [.. edits.EnumerateArray()]
            : [];

    private void SpreadEdits(JsonObject theirs)
    {
        var edits = EditsOf(call.Input);
        if (Array.Exists(edits, static edit => edit.ValueKind != JsonValueKind.Object))
        {
            return;
        }

        if (edits is [var only])
        {
            theirs.Remove("edits");
            foreach (var part in only.EnumerateObject())
            {
                theirs[TheirWord(part.Name)] = Copy(part.Value);
            }
        }
        else
        {
            theirs["edits"] = new JsonArray([.. edits.Select(edit => Renaming(edit, TheirWord))]);
        }
    }

    private static void GatherEdits(JsonObject ours)
    {
        if (ours["edits"] is JsonArray edits)
        {
            var renamed = edits.OfType<JsonObject>().Select(edit => Renaming(Element(edit), OurWord));
            ours["edits"] = new JsonArray([.. renamed]);
            return;
        }

        var only = new JsonObject();
        foreach (var name in new[] { "old_string", "new_string", "replace_all" })
        {
            if (ours.Remove(name, out var value))
            {
                only[OurWord(name)] = value;
            }
        }

        if (only.Count > 0)
        {
            ours["edits"] = new JsonArray(only);
        }
    }

    private static JsonObject Renaming(JsonElement edit, Func<string, string> word)
    {
        var renamed = new JsonObject();
        foreach (var part in edit.EnumerateObject())
        {
            renamed[word(part.Name)] = Copy(part.Value);
        }

        return renamed;
    }

    private static string TheirWord(string name) => Array.Find(EditWords, word => word.Ours == name).Theirs ?? name;

    private static string OurWord(string name) => Array.Find(EditWords, word => word.Theirs == name).Ours ?? name;

    private static JsonElement Element(JsonObject node) => JsonElement.Parse(node.ToJsonString());

    private static JsonNode? Copy(JsonElement value) => JsonNode.Parse(value.GetRawText());
}
