using System.Runtime.InteropServices;

namespace Sage.Sandbox.Linux.Filters;

/// <summary>A system call by its number on each processor; -1 where there is none.</summary>
internal readonly record struct CallNumber(int X64, int Arm64)
{
    /// <summary>One of the newer ones, which have the same number everywhere.</summary>
    public CallNumber(int number)
        : this(number, number) { }

    public int On(Architecture architecture) => architecture == Architecture.Arm64 ? Arm64 : X64;
}

/// <summary>The system calls that no command needs, and that lead out of its walls or deep into the kernel.</summary>
internal static class RefusedCalls
{
    public static readonly CallNumber Socket = new(41, 198);
    public static readonly CallNumber Clone = new(56, 220);
    public static readonly CallNumber Clone3 = new(435);
    public static readonly CallNumber Unshare = new(272, 97);
    public static readonly CallNumber DeviceControl = new(16, 29);

    /// <summary>Told to be unknown: programs then do without.</summary>
    public static readonly CallNumber[] Unknown =
    [
        new(425), // io_uring_setup: its requests are seen by no filter
        new(426), // io_uring_enter
        new(427), // io_uring_register
    ];

    /// <summary>Refused to everybody, the superuser as well.</summary>
    public static readonly CallNumber[] Always =
    [
        // Mounts and namespaces.
        new(165, 40), // mount
        new(166, 39), // umount2
        new(155, 41), // pivot_root
        new(308, 268), // setns
        new(428), // open_tree
        new(429), // move_mount
        new(430), // fsopen
        new(431), // fsconfig
        new(432), // fsmount
        new(433), // fspick
        new(442), // mount_setattr
        new(467), // open_tree_attr
        // Files past their paths.
        new(304, 265), // open_by_handle_at
        // Keys, which belong to the user and not to the process.
        new(248, 217), // add_key
        new(249, 218), // request_key
        new(250, 219), // keyctl
        // Code in the kernel, and doors into it.
        new(321, 280), // bpf
        new(298, 241), // perf_event_open
        new(323, 282), // userfaultfd
        new(174, -1), // create_module
        new(175, 105), // init_module
        new(313, 273), // finit_module
        new(176, 106), // delete_module
        new(246, 104), // kexec_load
        new(320, 294), // kexec_file_load
        // The whole computer.
        new(169, 142), // reboot
        new(167, 224), // swapon
        new(168, 225), // swapoff
        new(163, 89), // acct
        new(179, 60), // quotactl
        new(443), // quotactl_fd
        new(164, 170), // settimeofday
        new(227, 112), // clock_settime
        new(305, 266), // clock_adjtime
        new(170, 161), // sethostname
        new(171, 162), // setdomainname
        new(172, -1), // iopl
        new(173, -1), // ioperm
        new(153, 58), // vhangup
    ];

    /// <summary>Looking into other processes. With Landlock a command may do that to its own, as debuggers do; without, to none.</summary>
    public static readonly CallNumber[] OtherProcesses =
    [
        new(101, 117), // ptrace
        new(310, 270), // process_vm_readv
        new(311, 271), // process_vm_writev
        new(312, 272), // kcmp
        new(438), // pidfd_getfd
        new(440), // process_madvise
    ];
}
