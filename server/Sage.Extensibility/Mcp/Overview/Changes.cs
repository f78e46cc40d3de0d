using System.Threading.Channels;
using Sage.Protocol.Mcp;

namespace Sage.Extensibility.Mcp.Overview;

/// <summary>What has changed since somebody asked last: any number of changes are one piece of news, and take no more room than that.</summary>
internal sealed class Changes
{
    private readonly Lock _gate = new();
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly SortedSet<string> _logs = new(StringComparer.Ordinal);
    private bool _servers;

    /// <summary>A server stands otherwise, or there is another one.</summary>
    public void OfServers()
    {
        lock (_gate)
        {
            _servers = true;
            Wake();
        }
    }

    /// <summary>A server's log has grown.</summary>
    public void OfLog(string server)
    {
        lock (_gate)
        {
            _logs.Add(server);
            Wake();
        }
    }

    /// <summary>Waits until there is something.</summary>
    public async Task<McpChangedParams> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _news.Reader.ReadAsync(cancellationToken);
            lock (_gate)
            {
                // Whoever asked before may have taken it along.
                if (_servers || _logs.Count > 0)
                {
                    var change = new McpChangedParams(_servers, [.. _logs]);
                    _servers = false;
                    _logs.Clear();
                    return change;
                }
            }
        }
    }

    private void Wake() => _news.Writer.TryWrite(true);
}
