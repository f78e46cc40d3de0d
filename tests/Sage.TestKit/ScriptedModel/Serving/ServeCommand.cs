using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sage.TestKit.ScriptedModel;

/// <summary>
/// <c>serve [--script FILE] [--port N]</c>: the scripted model server as a process. Prints <c>{"url":"http://127.0.0.1:PORT"}</c>,
/// then serves until standard input ends or SIGTERM or SIGINT comes.
/// </summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        string? scriptPath = null;
        var port = 0;
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            if (args[i] == "--script" && value is not null)
            {
                scriptPath = value;
            }
            else if (args[i] != "--port" || !int.TryParse(value, out port))
            {
                await Console.Error.WriteLineAsync("usage: sage-testkit serve [--script FILE] [--port N]");
                return 2;
            }
        }
        try
        {
            var script = scriptPath is null ? null : ScriptFile.Parse(await File.ReadAllTextAsync(scriptPath));
            await ServeAsync(script, port);
            return 0;
        }
        catch (Exception error) when (error is IOException || ScriptFile.IsMistake(error))
        {
            await Console.Error.WriteLineAsync($"sage-testkit: {error.Message}");
            return 1;
        }
    }

    private static async Task ServeAsync(ScriptFile? script, int port)
    {
        await using var server = await ScriptedModelServer.StartAsync(port);
        script?.ApplyTo(server);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new { url = server.Url }));
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await Task.WhenAny(stop.Task, Task.Run(ReadToEnd));

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.TrySetResult();
        }
    }

    private static void ReadToEnd()
    {
        while (Console.In.ReadLine() is not null) { }
    }
}
