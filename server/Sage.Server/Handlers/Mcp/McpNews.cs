using Sage.Agent.Mcp;
using Sage.Protocol;
using Sage.Server.Rpc;

namespace Sage.Server.Handlers.Mcp;

/// <summary>Tells the editor when MCP servers stand otherwise or have said something; not more often than it can be looked at.</summary>
internal sealed class McpNews(IMcpServers servers, ClientConnection connection, TimeProvider time) : IAsyncDisposable
{
    // A server may write a thousand lines in a second, and the editor asks for them when it is told.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _ending = new();
    private Task? _telling;

    public void Begin() => _telling ??= Task.Run(TellAsync);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await (_telling ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task TellAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            var change = await servers.NextChangeAsync(_ending.Token);
            await connection.NotifyAsync(Methods.McpChanged, change);
            await Task.Delay(Pause, time, _ending.Token);
        }
    }
}
