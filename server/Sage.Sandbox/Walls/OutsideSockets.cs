using System.Collections.Immutable;
using System.Text;
using Sage.Sandbox.Linux;

namespace Sage.Sandbox.Walls;

/// <summary>
/// Finds the sockets at which a program outside of the walls would do what it is told: containers, the session's bus and its
/// service manager, the screen, terminals, the editor.
/// </summary>
public static class OutsideSockets
{
    // Container engines run anything, as anybody; so does whoever manages the computer's services.
    private static readonly string[] s_ofSystem =
    [
        "/run/docker.sock",
        "/var/run/docker.sock",
        "/run/podman/podman.sock",
        "/run/containerd/containerd.sock",
        "/run/crio/crio.sock",
        "/var/lib/lxd/unix.socket",
        "/var/snap/lxd/common/lxd/unix.socket",
        "/run/libvirt/libvirt-sock",
        "/run/dbus/system_bus_socket",
        "/run/systemd/private",
    ];

    private static readonly string[] s_inTemporary = [".X11-unix/", "tmux-", "screen-", "vscode-", "ssh-"];

    /// <summary>Those that exist, so that a person can be told of them.</summary>
    public static ImmutableArray<string> Of(WallPlaces places, NetworkAccess network)
    {
        ArgumentNullException.ThrowIfNull(places);
        var found = s_ofSystem.Where(File.Exists).Concat(Bound().Where(path => IsOutside(path, places))).Distinct();
        // Keys are for connections to others: with the network, they are part of it.
        return
        [
            .. network == NetworkAccess.Off && places.KeyAgent is { } agent
                ? found.Append(agent).Distinct()
                : found.Where(path => path != places.KeyAgent),
        ];
    }

    /// <summary>Reads the paths out of the kernel's list: <c>Num RefCount Protocol Flags Type St Inode Path</c>.</summary>
    internal static IEnumerable<string> Parse(string list) =>
        list.Split('\n')
            .Select(line =>
                line.IndexOf(" /", StringComparison.Ordinal) is var start and > 0 ? line[(start + 1)..] : ""
            )
            .Where(path => path.Length > 0);

    // Of the files that were sockets once, most have nobody who listens: only the kernel knows.
    private static IEnumerable<string> Bound() =>
        OperatingSystem.IsLinux() ? Parse(Encoding.UTF8.GetString(Native.ProcFile.Read("/proc/net/unix"))) : [];

    private static bool IsOutside(string path, WallPlaces places) =>
        (places.Runtime is { } runtime && PathTree.IsBelow(path, runtime))
        || places.Temporary.Any(folder =>
            PathTree.IsBelow(path, folder)
            && s_inTemporary.Any(name => path.AsSpan(folder.Length + 1).StartsWith(name, StringComparison.Ordinal))
        );
}
