namespace Sage.Tools.Files.Disk;

/// <summary>What is asked of a file on the disk beyond <see cref="FileInfo"/>, which holds what it was when it was looked at.</summary>
internal static class DiskFile
{
    /// <summary>Looks at a file now, whether it is there or not.</summary>
    public static FileInfo LookAt(string path)
    {
        var file = new FileInfo(path);
        file.Refresh();
        return file;
    }

    /// <summary>True when the file is the one that was looked at, or still is not there.</summary>
    public static bool IsUntouched(this FileInfo file)
    {
        var now = LookAt(file.FullName);
        return now.Exists == file.Exists
            && (!now.Exists || (now.Length == file.Length && now.LastWriteTimeUtc == file.LastWriteTimeUtc));
    }

    /// <summary>Unix permission bits, where there are any.</summary>
    public static int? ModeBits(this FileInfo file) =>
        !OperatingSystem.IsWindows() && file.Exists ? (int)file.UnixFileMode : null;

    /// <summary>For a new file beside this one, with its mode; this one need not be there.</summary>
    public static FileStreamOptions OptionsForOneLike(this FileInfo file)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows() && file.Exists)
        {
            options.UnixCreateMode = file.UnixFileMode;
        }

        return options;
    }
}
