using System.Runtime.Versioning;
using System.Text;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Linux.Mounts;

/// <summary>What is mounted where.</summary>
[SupportedOSPlatform("linux")]
internal static class MountTable
{
    /// <summary>The folders on which something is mounted that can be written to, the uppermost first.</summary>
    public static List<string> WritableMounts() => Parse(ProcFile.Read("/proc/self/mountinfo"));

    /// <summary>Reads <c>36 35 98:0 /root /mount/point rw,relatime … - type source options</c>.</summary>
    internal static List<string> Parse(ReadOnlySpan<byte> table)
    {
        var found = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(table).Split('\n'))
        {
            var fields = line.Split(' ');
            var separator = Array.IndexOf(fields, "-");
            if (separator > 5 && separator + 1 < fields.Length)
            {
                // The last one hides the others. To touch an automounter would make it mount.
                found[Unescape(fields[4])] = fields[5].Split(',')[0] == "rw" && fields[separator + 1] != "autofs";
            }
        }

        return [.. found.Where(mount => mount.Value).Select(mount => mount.Key).OrderBy(path => path.Length)];
    }

    // \040 for a space: three digits, of base eight.
    private static string Unescape(string path)
    {
        if (!path.Contains('\\', StringComparison.Ordinal))
        {
            return path;
        }

        var bytes = new List<byte>();
        var source = Encoding.UTF8.GetBytes(path);
        for (var index = 0; index < source.Length; index++)
        {
            if (source[index] == '\\' && index + 3 < source.Length)
            {
                bytes.Add(
                    (byte)((source[index + 1] - '0') * 64 + (source[index + 2] - '0') * 8 + source[index + 3] - '0')
                );
                index += 3;
            }
            else
            {
                bytes.Add(source[index]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
