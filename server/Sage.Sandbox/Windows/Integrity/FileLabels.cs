using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Sage.Sandbox.Windows.Integrity;

/// <summary>Labels files and folders, and holds them where they are.</summary>
[SupportedOSPlatform("windows")]
internal static class FileLabels
{
    /// <summary>A label goes down to what is below; it stays when the command has ended, so the next one finds it.</summary>
    /// <exception cref="Win32Exception">The file system has no labels, or the folder is not the user's to label.</exception>
    public static void Ensure(string path, IntegrityLevel level)
    {
        if (level.Is(Read(path)))
        {
            return;
        }

        if (!Advapi32.ParseDescriptor(level.Label, Advapi32.Revision, out var descriptor, 0))
        {
            throw new Win32Exception();
        }

        try
        {
            if (!Advapi32.LabelOf(descriptor, out _, out var label, out _))
            {
                throw new Win32Exception();
            }

            Check(Advapi32.SetNamedSecurityInfo(path, Advapi32.FileObject, Advapi32.LabelInformation, 0, 0, 0, label));
        }
        finally
        {
            _ = Kernel32.LocalFree(descriptor);
        }
    }

    /// <summary>Until it is disposed of, nobody moves or deletes it, nor a folder that it lies in; reading and writing go on.</summary>
    public static SafeFileHandle Hold(string path)
    {
        var handle = Kernel32.CreateFile(
            path,
            Kernel32.GenericRead,
            Kernel32.ShareReadAndWrite,
            0,
            Kernel32.OpenExisting,
            Kernel32.AlsoFolders,
            0
        );
        return handle.IsInvalid ? throw new Win32Exception() : handle;
    }

    private static string Read(string path)
    {
        Check(
            Advapi32.GetNamedSecurityInfo(
                path,
                Advapi32.FileObject,
                Advapi32.LabelInformation,
                0,
                0,
                0,
                0,
                out var descriptor
            )
        );
        try
        {
            return Advapi32.PrintDescriptor(descriptor, Advapi32.Revision, Advapi32.LabelInformation, out var text, 0)
                ? TakeText(text)
                : throw new Win32Exception();
        }
        finally
        {
            _ = Kernel32.LocalFree(descriptor);
        }
    }

    private static string TakeText(nint text)
    {
        var label = Marshal.PtrToStringUni(text) ?? "";
        _ = Kernel32.LocalFree(text);
        return label;
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new Win32Exception(error);
        }
    }
}
