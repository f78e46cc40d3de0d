using System.Net;
using System.Net.Sockets;

namespace Sage.Server.Tests.EndToEnd;

/// <summary>An address that takes no connection and refuses none: its queue is full and nobody empties it.</summary>
internal sealed class BlackHole : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _waiting = [];

    private BlackHole()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
    }

    public string Url => $"http://{_listener.LocalEndPoint}/v1";

    public static async Task<BlackHole> OpenAsync()
    {
        var hole = new BlackHole();
        var first = hole.ConnectAsync();
        _ = hole.ConnectAsync();
        await first;
        return hole;
    }

    public void Dispose()
    {
        _waiting.ForEach(socket => socket.Dispose());
        _listener.Dispose();
    }

    private async Task ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _waiting.Add(socket);
        try
        {
            await socket.ConnectAsync(_listener.LocalEndPoint!);
        }
        catch (SocketException)
        {
            // It was closed while it waited.
        }
    }
}
