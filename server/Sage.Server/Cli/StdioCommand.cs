using Microsoft.Extensions.DependencyInjection;
using Sage.Server.Hosting;
using Sage.Server.Telemetry;

namespace Sage.Server.Cli;

/// <summary><c>sage --stdio</c>: the language server on standard input and output.</summary>
internal static class StdioCommand
{
    private static readonly TimeSpan ShutdownTakes = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(Terminal terminal)
    {
        using var telemetry = TelemetryExport.Start();
        var services = SageHost.ForEditor();
        var lifecycle = services.GetRequiredService<ServerLifecycle>();
        using var signals = new ShutdownSignals(() => lifecycle.End(EndReason.Signalled));
        var streams = new StandardStreams(terminal.Input, terminal.Output);
        var exitCode = await new LanguageServer(services).RunAsync(streams);

        // Ending takes as long as it takes a command to die, but never so long that somebody has to kill us.
        var ending = Task.WhenAll(services.DisposeAsync().AsTask(), streams.FinishAsync());
        await Task.WhenAny(ending, Task.Delay(ShutdownTakes));
        return exitCode;
    }
}
