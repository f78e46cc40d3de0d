using System.Text;
using Sage.Sandbox.Walls;

namespace Sage.Sandbox.Mac;

/// <summary>Writes walls as a profile of macOS's sandbox. The last rule that fits decides.</summary>
internal static class SeatbeltProfile
{
    private static readonly string[] s_devices =
    [
        "/dev/null",
        "/dev/zero",
        "/dev/tty",
        "/dev/ptmx",
        "/dev/dtracehelper",
    ];

    public static string Of(CommandWalls walls)
    {
        var profile = new StringBuilder("(version 1)\n(allow default)\n");
        Rule("deny file-write*", ["(subpath \"/\")"]);
        Rule("allow file-write*", [.. walls.Writable.SelectMany(Subpath), .. s_devices.Select(Literal)]);
        // Terminals that it makes itself.
        Rule("allow file-write* file-ioctl", ["(regex #\"^/dev/ttys[0-9]+$\")", "(regex #\"^/dev/fd/[0-9]+$\")"]);
        Rule("deny file-write*", [.. walls.Protected.SelectMany(Subpath), .. walls.Protected.SelectMany(Ways(walls))]);
        Rule("deny file-read* file-write*", walls.Unreadable.SelectMany(Subpath));
        Rule("allow file-read*", walls.Readable.SelectMany(Subpath));
        Rule(
            "deny network-outbound",
            walls.Unreachable.Select(path => $"(remote unix-socket (path-literal {Quote(path)}))")
        );
        if (walls.Network == NetworkAccess.Off)
        {
            profile.Append(
                "(deny network-outbound (remote ip))\n(deny network-inbound (local ip))\n(deny network-bind (local ip))\n"
            );
        }

        // Neither into other processes nor at them: only what the command itself started shares its sandbox.
        profile.Append("(deny signal)\n(allow signal (target same-sandbox))\n(deny process-info* (target others))\n");
        profile.Append("(allow process-info* (target same-sandbox))\n(deny mach-priv-task-port)\n");
        return profile.ToString();

        void Rule(string action, IEnumerable<string> filters)
        {
            var all = filters.Distinct().ToList();
            if (all.Count > 0)
            {
                profile.Append('(').Append(action).Append(' ').AppendJoin(' ', all).Append(")\n");
            }
        }
    }

    // /tmp and /var are links there, and rules are about where they lead.
    private static IEnumerable<string> Subpath(string path) =>
        new[] { path, Real(path) }.Distinct().Select(name => $"(subpath {Quote(name)})");

    // Moving a folder would move what is protected below it out of its rule.
    private static Func<string, IEnumerable<string>> Ways(CommandWalls walls) =>
        path =>
            walls
                .Writable.Where(root => path.StartsWith(root + "/", StringComparison.Ordinal))
                .SelectMany(root => Linux.PathTree.Between(root, path))
                .Select(Literal);

    private static string Literal(string path) => $"(literal {Quote(Real(path))})";

    private static string Real(string path) =>
        path is "/tmp" or "/var" or "/etc"
        || path.StartsWith("/tmp/", StringComparison.Ordinal)
        || path.StartsWith("/var/", StringComparison.Ordinal)
        || path.StartsWith("/etc/", StringComparison.Ordinal)
            ? "/private" + path
            : path;

    private static string Quote(string path) =>
        $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
