using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sage.SupervisorHost;

/// <summary>Does from inside of the walls what no ordinary program does, and says how it went: one line for each attempt.</summary>
internal static partial class Attempts
{
    public const string Verb = "attempt";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <param name="attempts">
    /// <c>call:number,argument,…</c> tells the errno, 0 when it worked; <c>peek:process</c> likewise, about its memory; <c>tcp:address:port</c>, <c>udp:…</c>, <c>dns:name</c>,
    /// <c>unix:path</c> and <c>abstract:name</c> tell <c>ok</c> or what the system says.
    /// </param>
    public static async Task<int> RunAsync(string[] attempts)
    {
        foreach (var attempt in attempts)
        {
            var (kind, rest) = attempt.Split(':', 2) is [var first, var second] ? (first, second) : (attempt, "");
            Console.WriteLine(
                kind switch
                {
                    "call" => $"{Call(rest)}",
                    "peek" => $"{Peek(int.Parse(rest, CultureInfo.InvariantCulture))}",
                    _ => await OutcomeAsync(kind, rest),
                }
            );
        }

        return 0;
    }

    private static int Call(string call)
    {
        var numbers = call.Split(',').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        Array.Resize(ref numbers, 7);
        var result = SystemCall(
            (nint)numbers[0],
            (nint)numbers[1],
            (nint)numbers[2],
            (nint)numbers[3],
            (nint)numbers[4],
            (nint)numbers[5],
            (nint)numbers[6]
        );
        return result < 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    // At an address where nothing is: who may look is told so, who may not is told that.
    private static unsafe int Peek(int process)
    {
        long found;
        var here = new Piece { Start = (nint)(&found), Length = sizeof(long) };
        var there = new Piece { Start = 8, Length = sizeof(long) };
        return ReadProcess(process, &here, 1, &there, 1, 0) < 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    private static async Task<string> OutcomeAsync(string kind, string rest)
    {
        try
        {
            using var deadline = new CancellationTokenSource(s_patience);
            await (
                kind switch
                {
                    "tcp" => ConnectAsync(SocketType.Stream, IPEndPoint.Parse(rest), deadline.Token),
                    "udp" => ConnectAsync(SocketType.Dgram, IPEndPoint.Parse(rest), deadline.Token),
                    "unix" => ConnectAsync(SocketType.Stream, new UnixDomainSocketEndPoint(rest), deadline.Token),
                    "abstract" => ConnectAsync(
                        SocketType.Stream,
                        new UnixDomainSocketEndPoint("\0" + rest),
                        deadline.Token
                    ),
                    "dns" => Dns.GetHostAddressesAsync(rest, deadline.Token),
                    _ => throw new ArgumentException(kind),
                }
            );
            return "ok";
        }
        catch (SocketException e)
        {
            return $"{e.SocketErrorCode}";
        }
        catch (OperationCanceledException)
        {
            return "no answer";
        }
    }

    private static async Task ConnectAsync(SocketType type, EndPoint to, CancellationToken cancellationToken)
    {
        using var socket = new Socket(to.AddressFamily, type, ProtocolType.Unspecified);
        await socket.ConnectAsync(to, cancellationToken);
        await socket.SendAsync("hello"u8.ToArray(), cancellationToken);
    }

    /// <summary><c>struct iovec</c>.</summary>
    private struct Piece
    {
        public nint Start;
        public nint Length;
    }

    [LibraryImport("libc", EntryPoint = "process_vm_readv", SetLastError = true)]
    private static unsafe partial nint ReadProcess(
        int process,
        Piece* here,
        nuint hereCount,
        Piece* there,
        nuint thereCount,
        nuint flags
    );

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint a, nint b, nint c, nint d, nint e, nint f);
}
