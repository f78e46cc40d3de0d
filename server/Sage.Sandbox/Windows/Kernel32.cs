using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Sage.Sandbox.Windows;

/// <summary>The system calls of the supervisor on Windows.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class Kernel32
{
    public const int StandardInput = -10; // STD_INPUT_HANDLE
    public const int StandardOutput = -11; // STD_OUTPUT_HANDLE
    public const int StandardError = -12; // STD_ERROR_HANDLE
    public const uint Inheritable = 1; // HANDLE_FLAG_INHERIT
    public const int ProcessIds = 3; // JobObjectBasicProcessIdList
    public const int ExtendedLimits = 9; // JobObjectExtendedLimitInformation

    public const int UiLimits = 4; // JobObjectBasicUIRestrictions
    public const uint GenericRead = 0x80000000; // GENERIC_READ
    public const uint ShareReadAndWrite = 0x1 | 0x2; // FILE_SHARE_READ and FILE_SHARE_WRITE, without FILE_SHARE_DELETE
    public const uint OpenExisting = 3; // OPEN_EXISTING
    public const uint AlsoFolders = 0x02000000; // FILE_FLAG_BACKUP_SEMANTICS

    private const string Library = "kernel32.dll";

    [LibraryImport(Library, EntryPoint = "CreateJobObjectW", SetLastError = true)]
    public static partial SafeFileHandle CreateJobObject(nint attributes, nint name);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetInformationJobObject(SafeFileHandle job, int kind, void* information, int length);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool QueryInformationJobObject(
        SafeFileHandle job,
        int kind,
        void* information,
        int length,
        nint returned
    );

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool AssignProcessToJobObject(SafeFileHandle job, nint process);

    [LibraryImport(Library)]
    public static partial nint GetCurrentProcess();

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint GetStdHandle(int which);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetStdHandle(int which, nint handle);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetHandleInformation(nint handle, uint mask, uint flags);

    [LibraryImport(
        Library,
        EntryPoint = "CreateFileW",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf16
    )]
    public static partial SafeFileHandle CreateFile(
        string path,
        uint access,
        uint share,
        nint security,
        uint how,
        uint flags,
        nint template
    );

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool GetExitCodeProcess(SafeProcessHandle process, out uint code);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool CloseHandle(nint handle);

    [LibraryImport(Library)]
    public static partial nint LocalFree(nint memory);
}
