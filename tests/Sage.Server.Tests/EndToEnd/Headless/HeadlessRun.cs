using System.Diagnostics;
using System.Text.Json;
using Sage.TestKit.ScriptedModel;

namespace Sage.Server.Tests.EndToEnd.Headless;

/// <summary>One run of the published program without an editor, from its start to its end.</summary>
internal sealed record HeadlessRun(int ExitCode, string Output, string Error)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Whole lines only: a process that was killed may have left a half.</summary>
    public IReadOnlyList<string> Lines { get; } =
        Output[..(Output.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<JsonElement> Events =>
        Output.StartsWith('{') ? [.. Lines.Select(line => JsonElement.Parse(line))] : [];

    /// <summary>What each tool call came to.</summary>
    public IReadOnlyList<(string Status, string Text)> Results =>
        [
            .. Events
                .Select(envelope => envelope.GetProperty("event"))
                .Where(e => e.GetProperty("type").GetString() == "toolCallEnded")
                .Select(e => (e.GetProperty("status").GetString()!, e.GetProperty("text").GetString()!)),
        ];

    /// <summary>How to run <c>sage exec</c> with a scripted model.</summary>
    public static ProcessStartInfo Exec(
        ScriptedModelServer model,
        string home,
        string folder,
        params IEnumerable<string> arguments
    ) => Exec("openai", model.OpenAIUrl, home, folder, arguments);

    public static ProcessStartInfo Exec(
        string provider,
        string url,
        string home,
        string folder,
        IEnumerable<string> arguments
    )
    {
        string[] model = ["--provider", provider, "--base-url", url, "--model", "scripted-model"];
        var start = SageBinary.Start(home, ["exec", "--cwd", folder, .. model, .. arguments]);
        start.Environment["SAGE_API_KEY"] = "a-key-for-tests";
        return start;
    }

    public static async Task<HeadlessRun> OfAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        return await EndOfAsync(process);
    }

    /// <summary>Of one that was started before.</summary>
    public static async Task<HeadlessRun> EndOfAsync(Process process)
    {
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return new HeadlessRun(process.ExitCode, output, await errors);
    }
}
