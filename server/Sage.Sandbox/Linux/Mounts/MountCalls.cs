using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sage.Sandbox.Native;

namespace Sage.Sandbox.Linux.Mounts;

/// <summary>Writes down the system calls that give a child mounts of its own.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe class MountCalls
{
    private const nint NewMounts = 0x2_0000; // CLONE_NEWNS
    private const nint NewUsers = 0x1000_0000; // CLONE_NEWUSER
    private const nint Bind = 0x5000; // MS_BIND | MS_REC
    private const nint Private = 0x4_4000; // MS_PRIVATE | MS_REC
    private const nint EmptyFolder = 0x0f; // MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC
    private const nint CurrentFolder = -100; // AT_FDCWD
    private const ulong ReadOnlyAttribute = 1; // MOUNT_ATTR_RDONLY
    private const nint WriteOnly = 1; // O_WRONLY

    public static void Write(CallScript calls, MountPlan plan)
    {
        Detach(calls);
        foreach (var path in plan.Pinned)
        {
            var text = calls.Text(path);
            calls.Add($"mount {path}", SystemCalls.Mount, text, text, 0, Bind);
        }

        foreach (var path in plan.Hidden)
        {
            Hide(calls, path);
        }

        var attributes = new Attributes { Set = ReadOnlyAttribute };
        var pointer = calls.Bytes(new ReadOnlySpan<byte>(&attributes, sizeof(Attributes)));
        foreach (var path in plan.ReadOnly)
        {
            calls.Add(
                $"read-only {path}",
                SystemCalls.MountSetAttributes,
                CurrentFolder,
                calls.Text(path),
                0,
                pointer,
                sizeof(Attributes)
            );
        }

        // The folder we are in belongs to the mounts from before: from it, none of these would be seen.
        calls.Add("folder", SystemCalls.ChangeFolder, calls.Text(Environment.CurrentDirectory));
    }

    private static void Detach(CallScript calls)
    {
        if (Libc.GetEffectiveUserId() == 0)
        {
            calls.Add("namespace", SystemCalls.Unshare, NewMounts);
        }
        else
        {
            calls.Add("namespaces", SystemCalls.Unshare, NewMounts | NewUsers);
            // Everybody keeps their number, so that files look as they did; only the numbers of others are not known any more.
            WriteFile(calls, "/proc/self/setgroups", "deny");
            WriteFile(calls, "/proc/self/uid_map", Identity(Libc.GetEffectiveUserId()));
            WriteFile(calls, "/proc/self/gid_map", Identity(Libc.GetEffectiveGroupId()));
        }

        calls.Add("private mounts", SystemCalls.Mount, 0, calls.Text("/"), 0, Private);
    }

    private static void Hide(CallScript calls, string path)
    {
        if (Directory.Exists(path))
        {
            var type = calls.Text("tmpfs");
            calls.Add($"hide {path}", SystemCalls.Mount, type, calls.Text(path), type, EmptyFolder);
        }
        else
        {
            calls.Add($"hide {path}", SystemCalls.Mount, calls.Text("/dev/null"), calls.Text(path), 0, Bind);
        }
    }

    private static void WriteFile(CallScript calls, string path, string text)
    {
        calls.Add(
            $"open {path}",
            SystemCalls.OpenAt,
            CurrentFolder,
            calls.Text(path),
            WriteOnly | PosixConstants.CloseOnExec
        );
        calls.Add($"write {path}", SystemCalls.Write, CallScript.LastResult, calls.Text(text), text.Length);
        // Open for writing, it would keep the file system from becoming read-only.
        calls.Add($"close {path}", SystemCalls.Close, CallScript.LastResult);
    }

    private static string Identity(uint id) => string.Create(CultureInfo.InvariantCulture, $"{id} {id} 1");

    /// <summary><c>struct mount_attr</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Attributes
    {
        public ulong Set;
        public ulong Clear;
        public ulong Propagation;
        public ulong Users;
    }
}
