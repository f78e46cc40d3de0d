using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Sage.Sandbox.Windows.Integrity;

/// <summary>The system calls about tokens, labels, and processes that are trusted less than we are.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class Advapi32
{
    /// <summary>TOKEN_ASSIGN_PRIMARY, TOKEN_DUPLICATE, TOKEN_QUERY and TOKEN_ADJUST_DEFAULT.</summary>
    public const uint TokenAccess = 0x0001 | 0x0002 | 0x0008 | 0x0080;

    /// <summary>DISABLE_MAX_PRIVILEGE and LUA_TOKEN: no privileges, and no administrator.</summary>
    public const uint WithoutPrivileges = 0x1 | 0x4;

    public const int TokenIntegrityLevel = 25;
    public const uint IntegrityAttribute = 0x20; // SE_GROUP_INTEGRITY
    public const int FileObject = 1; // SE_FILE_OBJECT
    public const uint LabelInformation = 0x10; // LABEL_SECURITY_INFORMATION
    public const uint Revision = 1; // SDDL_REVISION_1
    public const uint NoWindow = 0x08000000; // CREATE_NO_WINDOW
    public const uint UnicodeEnvironment = 0x0400; // CREATE_UNICODE_ENVIRONMENT

    private const string Library = "advapi32.dll";

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool OpenProcessToken(nint process, uint access, out SafeFileHandle token);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool CreateRestrictedToken(
        SafeFileHandle token,
        uint flags,
        uint disabledCount,
        nint disabled,
        uint privilegeCount,
        nint privileges,
        uint restrictingCount,
        nint restricting,
        out SafeFileHandle restricted
    );

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetTokenInformation(SafeFileHandle token, int kind, void* information, int length);

    [LibraryImport(Library, EntryPoint = "CreateProcessAsUserW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool CreateProcessAsUser(
        SafeFileHandle token,
        nint application,
        char* commandLine,
        nint processSecurity,
        nint threadSecurity,
        [MarshalAs(UnmanagedType.Bool)] bool inheritsHandles,
        uint flags,
        char* environment,
        nint folder,
        StartupInformation* startup,
        ProcessInformation* process
    );

    [LibraryImport(
        Library,
        EntryPoint = "ConvertStringSecurityDescriptorToSecurityDescriptorW",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf16
    )]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool ParseDescriptor(string text, uint revision, out nint descriptor, nint length);

    [LibraryImport(Library, EntryPoint = "ConvertSecurityDescriptorToStringSecurityDescriptorW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool PrintDescriptor(
        nint descriptor,
        uint revision,
        uint information,
        out nint text,
        nint length
    );

    [LibraryImport(Library, EntryPoint = "GetSecurityDescriptorSacl", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool LabelOf(
        nint descriptor,
        [MarshalAs(UnmanagedType.Bool)] out bool isPresent,
        out nint label,
        [MarshalAs(UnmanagedType.Bool)] out bool isDefault
    );

    /// <returns>0, or an error.</returns>
    [LibraryImport(Library, EntryPoint = "GetNamedSecurityInfoW", StringMarshalling = StringMarshalling.Utf16)]
    public static partial int GetNamedSecurityInfo(
        string name,
        int kind,
        uint information,
        nint owner,
        nint group,
        nint access,
        nint label,
        out nint descriptor
    );

    /// <returns>0, or an error.</returns>
    [LibraryImport(Library, EntryPoint = "SetNamedSecurityInfoW", StringMarshalling = StringMarshalling.Utf16)]
    public static partial int SetNamedSecurityInfo(
        string name,
        int kind,
        uint information,
        nint owner,
        nint group,
        nint access,
        nint label
    );
}
