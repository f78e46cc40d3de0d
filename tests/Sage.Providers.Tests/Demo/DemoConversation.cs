using System.Text.Json;
using Microsoft.Extensions.AI;
using Sage.Agent.LanguageModels;
using Sage.Providers.Demo;
using Sage.Providers.Tests.Streaming;

namespace Sage.Providers.Tests.Demo;

/// <summary>Plays the agent's part: keeps the history, and answers the demo's calls from a table of files.</summary>
internal sealed class DemoConversation
{
    private static readonly JsonElement Schema = JsonDocument.Parse("""{"type":"object"}""").RootElement;

    private readonly DemoModel _model = new(TimeProvider.System, TimeSpan.Zero);
    private readonly List<ChatMessage> _history = [];

    /// <summary>Answers one call: the text, and whether it is an error.</summary>
    public required Func<DemoCall, (string Text, bool IsError)> Tools { get; init; }

    public string SystemPrompt { get; init; } = "You are Sage.";

    /// <summary>What is offered beside the tools for files and commands.</summary>
    public string[] MoreTools { get; init; } = [];

    /// <summary>The calls of each reply so far.</summary>
    public List<DemoCall[]> Rounds { get; } = [];

    /// <summary>The replies' texts so far.</summary>
    public List<string> Texts { get; } = [];

    public IReadOnlyList<ChatMessage> History => _history;

    /// <summary>Runs a turn to its end and returns its last words.</summary>
    public async Task<string> SayAsync(string prompt)
    {
        if (_history.Count == 0)
        {
            _history.Add(new ChatMessage(ChatRole.System, SystemPrompt));
        }
        _history.Add(new ChatMessage(ChatRole.User, prompt));
        for (var round = 0; round < 10; round++)
        {
            if (!await StepAsync())
            {
                return Texts[^1];
            }
        }
        throw new InvalidOperationException("The demo does not come to an end.");
    }

    private async Task<bool> StepAsync()
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in _model.GetStreamingResponseAsync(_history, Options()))
        {
            updates.Add(update);
        }
        Texts.Add(updates.Text());
        var calls = updates.Calls();
        Assert.Equal(calls.Length > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop, updates.Finish());
        _history.Add(new ChatMessage(ChatRole.Assistant, [new TextContent(Texts[^1]), .. calls]));
        if (calls.Length == 0)
        {
            return false;
        }
        Rounds.Add([.. calls.Select(c => new DemoCall(c.Name, c.Arguments))]);
        _history.Add(
            new ChatMessage(
                ChatRole.Tool,
                [
                    .. calls.Select(c =>
                    {
                        var (text, isError) = Tools(new DemoCall(c.Name, c.Arguments));
                        return new ToolCallAnswer(c.CallId, text, isError);
                    }),
                ]
            )
        );
        return true;
    }

    private ChatOptions Options() =>
        new()
        {
            Tools =
            [
                .. new[] { "read_file", "list_directory", "glob", "grep", "edit_file", "write_file", "run_command" }
                    .Concat(MoreTools)
                    .Select(n => new OfferedTool(n, n, Schema)),
            ],
        };
}

/// <summary>A workspace as the real tools' texts would show it.</summary>
internal sealed class PaperWorkspace(Dictionary<string, string> files)
{
    public Dictionary<string, string> Files { get; } = files;
    public List<string> Commands { get; } = [];
    public bool RefusesEdits { get; init; }

    public (string, bool) Answer(DemoCall call)
    {
        var input = JsonDocument.Parse(call.Arguments).RootElement;
        return call.Name switch
        {
            "list_directory" => (".\n" + string.Join('\n', Files.Keys.Select(f => "  " + f)), false),
            "glob" => Glob(input.GetProperty("pattern").GetString()!),
            "grep" => Grep(input.GetProperty("pattern").GetString()!),
            "read_file" => Read(input.GetProperty("path").GetString()!),
            "edit_file" when RefusesEdits => ("The user denied this call.", true),
            "edit_file" => Edit(input),
            "write_file" => Write(input),
            "run_command" => Run(input.GetProperty("command").GetString()!),
            _ => ($"no tool {call.Name}", true),
        };
    }

    private (string, bool) Glob(string pattern)
    {
        var name = pattern.Replace("**/", "", StringComparison.Ordinal);
        var regex =
            "^"
            + System.Text.RegularExpressions.Regex.Escape(name).Replace("\\*", ".*", StringComparison.Ordinal)
            + "$";
        var found = Files.Keys.Where(f =>
            System.Text.RegularExpressions.Regex.IsMatch(f, regex)
            || System.Text.RegularExpressions.Regex.IsMatch(Path.GetFileName(f), regex)
        );
        var text = string.Join('\n', found);
        return (text.Length > 0 ? text : $"No file matches {pattern} in ./ (what git ignores is not searched).", false);
    }

    private (string, bool) Grep(string pattern)
    {
        var found = Files
            .Select(f =>
                (
                    f.Key,
                    Lines: f.Value.Split('\n')
                        .Index()
                        .Where(l => System.Text.RegularExpressions.Regex.IsMatch(l.Item, pattern))
                )
            )
            .Where(f => f.Lines.Any())
            .Select(f => $"{f.Key}\n{string.Join('\n', f.Lines.Select(l => $"{l.Index + 1}: {l.Item}"))}");
        var text = string.Join("\n\n", found);
        return (text.Length > 0 ? text : $"No line matches {pattern}.", false);
    }

    private (string, bool) Read(string path)
    {
        if (!Files.TryGetValue(path, out var text))
        {
            return ($"There is no file {path}.", true);
        }
        var lines = text.TrimEnd('\n').Split('\n');
        var body = string.Join('\n', lines.Select((l, i) => $"{i + 1}\t{l}"));
        return ($"{path}, lines 1-{lines.Length} of {lines.Length}.\n{body}", false);
    }

    private (string, bool) Edit(JsonElement input)
    {
        var path = input.GetProperty("path").GetString()!;
        foreach (var edit in input.GetProperty("edits").EnumerateArray())
        {
            var old = edit.GetProperty("old_text").GetString()!;
            var all = edit.TryGetProperty("replace_all", out var flag) && flag.GetBoolean();
            var places = Files[path].Split(old).Length - 1;
            if (places == 0 || (places > 1 && !all))
            {
                return ($"old_text matches {places} places.", true);
            }
            Files[path] = Files[path].Replace(old, edit.GetProperty("new_text").GetString(), StringComparison.Ordinal);
        }
        return ($"Edited {path}.", false);
    }

    private (string, bool) Write(JsonElement input)
    {
        Files[input.GetProperty("path").GetString()!] = input.GetProperty("content").GetString()!;
        return ("Written.", false);
    }

    private (string, bool) Run(string command)
    {
        Commands.Add(command);
        return ("exit code 0\nhello", false);
    }
}
