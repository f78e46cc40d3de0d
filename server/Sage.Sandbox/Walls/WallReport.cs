using System.Text;
using Sage.Sandbox.Commands;

namespace Sage.Sandbox.Walls;

/// <summary>Tells a model of the walls around a command, and whether it seems to have run into one.</summary>
public static class WallReport
{
    // Programs say at their end what stopped them.
    private const int TailLength = 8 * 1024;

    private static readonly string[] s_wordsOfNetwork =
    [
        "could not resolve",
        "couldn't resolve",
        "name resolution",
        "name or service not known",
        "name does not resolve",
        "nodename nor servname",
        "no address associated",
        "network is unreachable",
        "unable to connect",
        "failed to connect",
        "couldn't connect",
        "could not connect",
        "connection attempt",
        "dial tcp",
        "dial udp",
        "lookup ",
        "getaddrinfo",
        "eai_again",
        "enetunreach",
        "enotfound",
        "socket: permission denied",
        "socket: operation not permitted",
        "resource temporarily unavailable (",
        "no internet",
        "offline",
    ];

    private static readonly string[] s_wordsOfFiles =
    [
        "permission denied",
        "operation not permitted",
        "read-only file system",
        "device or resource busy",
        "cross-device link",
        "permissionerror",
        "access to the path",
        "access is denied",
        "eacces",
        "eperm",
        "erofs",
        "ebusy",
        "exdev",
    ];

    /// <summary>What the command could do, in a few sentences; null when nothing held it back.</summary>
    /// <param name="wanted">The walls that were asked for.</param>
    /// <param name="standing">Those that stood.</param>
    public static string? Describe(CommandWalls wanted, WallsInForce standing)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(standing);
        if (standing is { Files: FileWall.None, NetworkOff: false })
        {
            return null;
        }

        var text = new StringBuilder("This command ran in a sandbox:");
        if (standing.Files != FileWall.None)
        {
            text.Append(wanted.Writable.IsEmpty ? " it could write nowhere" : " it could write only below ")
                .AppendJoin(", ", wanted.Writable.Where(Path.Exists))
                .Append(
                    wanted.Protected.Any(Path.Exists)
                        ? ", except " + string.Join(", ", wanted.Protected.Where(Path.Exists))
                        : ""
                );
        }

        text.Append(standing.Files == FileWall.None ? " " : "; ")
            .Append(standing.NetworkOff ? "the network was off." : "the network was on.");
        if (standing.Closed.Length > 0)
        {
            text.Append(" Nothing new could be made directly in ").AppendJoin(", ", standing.Closed).Append('.');
        }

        return text.ToString();
    }

    /// <summary>
    /// A cheap guess at why a command failed: by its exit code, and by words that programs use for what the walls answer.
    /// It may be wrong both ways; nothing but a sentence for the model should hang on it.
    /// </summary>
    /// <param name="exit">How it ended.</param>
    /// <param name="output">What it said, or the end of that.</param>
    /// <param name="standing">The walls that stood.</param>
    public static WallSuspicion Judge(CommandExit exit, string output, WallsInForce standing)
    {
        ArgumentNullException.ThrowIfNull(exit);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(standing);
        if (exit.ExitCode == 0)
        {
            return WallSuspicion.None;
        }

        var tail = output.AsSpan(Math.Max(0, output.Length - TailLength));
        return standing.NetworkOff && ContainsAny(tail, s_wordsOfNetwork) ? WallSuspicion.Network
            : standing.Files != FileWall.None && ContainsAny(tail, s_wordsOfFiles) ? WallSuspicion.Files
            : WallSuspicion.None;
    }

    private static bool ContainsAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Which wall a command seems to have run into.</summary>
public enum WallSuspicion
{
    /// <summary>None; or it worked.</summary>
    None,

    /// <summary>It wanted to read or change a file that it may not.</summary>
    Files,

    /// <summary>It wanted to use the network.</summary>
    Network,
}
