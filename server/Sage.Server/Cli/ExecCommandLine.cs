using System.CommandLine;
using Sage.Protocol.Permissions;

namespace Sage.Server.Cli;

/// <summary>The options of <c>sage exec</c>.</summary>
internal sealed class ExecCommandLine
{
    private readonly Argument<string> _prompt = new("PROMPT")
    {
        Description = "What to do; - reads it from standard input.",
    };
    private readonly Option<string?> _cwd = Text("--cwd", "DIR", "Work in this folder instead of the current one.");
    private readonly Option<string?> _provider = Text(
        "--provider",
        "P",
        "openai (chat completions), openai-responses, anthropic, demo, or the name of a preset."
    );
    private readonly Option<string?> _baseUrl = Text("--base-url", "URL", "Where the provider answers.");
    private readonly Option<string?> _model = Text("--model", "M", "The model.");
    private readonly Option<string?> _mode = Text("--mode", "ask|autoEdit|plan|full", "What may run without asking.");
    private readonly Option<string[]> _allow = new("--allow")
    {
        HelpName = "RULE",
        Description = "Allow a tool (edit_file) or one exact call (run_command(npm test)). May be repeated.",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
    private readonly Option<bool> _trust = Flag(
        "--trust-project",
        "Use what the project's settings would allow (permissions.allow in .sage/settings.json), for this run."
    );
    private readonly Option<bool> _json = Flag("--json", "Print one event per line as JSON, and nothing else.");
    private readonly Option<bool> _continue = Flag("--continue", "Go on with the newest session of the folder.");
    private readonly Option<string?> _resume = Text("--resume", "ID", "Go on with this session.");
    private readonly Option<int?> _maxSteps = Number<int?>(
        "--max-steps",
        "N",
        "At most this many model requests (200)."
    );
    private readonly Option<long?> _maxTokens = Number<long?>("--max-tokens", "N", "At most this many tokens.");
    private readonly Option<decimal?> _maxCost = Number<decimal?>("--max-cost", "USD", "At most this much money.");
    private readonly Option<double?> _maxMinutes = Number<double?>("--max-minutes", "N", "At most this many minutes.");

    public ExecCommandLine()
    {
        _mode.AcceptOnlyFromAmong("ask", "autoEdit", "plan", "full");
        Command = new Command("exec", "Run one prompt to its end and print the answer.") { _prompt };
        Option[] options =
        [
            _cwd,
            _provider,
            _baseUrl,
            _model,
            _mode,
            _allow,
            _trust,
            _json,
            _continue,
            _resume,
            _maxSteps,
            _maxTokens,
            _maxCost,
            _maxMinutes,
        ];
        foreach (var option in options)
        {
            Command.Options.Add(option);
        }
    }

    public Command Command { get; }

    public ExecOptions Read(ParseResult parsed) =>
        new()
        {
            Prompt = parsed.GetValue(_prompt) ?? "",
            Cwd = parsed.GetValue(_cwd),
            Provider = parsed.GetValue(_provider),
            BaseUrl = parsed.GetValue(_baseUrl),
            Model = parsed.GetValue(_model),
            Mode = parsed.GetValue(_mode) is { } mode ? Enum.Parse<PermissionMode>(mode, ignoreCase: true) : null,
            Allow = [.. parsed.GetValue(_allow) ?? []],
            TrustProject = parsed.GetValue(_trust),
            Json = parsed.GetValue(_json),
            Continue = parsed.GetValue(_continue),
            Resume = parsed.GetValue(_resume),
            MaxSteps = parsed.GetValue(_maxSteps),
            MaxTokens = parsed.GetValue(_maxTokens),
            MaxCost = parsed.GetValue(_maxCost),
            MaxMinutes = parsed.GetValue(_maxMinutes),
        };

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description };

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    private static Option<T> Number<T>(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description };
}
