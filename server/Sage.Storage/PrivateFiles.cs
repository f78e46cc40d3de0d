namespace Sage.Storage;

/// <summary>Makes files and folders that only their user can read: prompts and outputs may hold anything.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode FileMode0600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode0700 = FileMode0600 | UnixFileMode.UserExecute;

    /// <summary>Opens a file; one that is created by this is private.</summary>
    /// <param name="path">In an existing folder.</param>
    /// <param name="mode">How to open it.</param>
    /// <param name="access">What for.</param>
    /// <param name="share">What others may do meanwhile.</param>
    /// <param name="bufferSize">0: what is written has reached the operating system when the call returns.</param>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize = 0)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = share,
            BufferSize = bufferSize,
        };
        if (!OperatingSystem.IsWindows() && mode is not FileMode.Open)
        {
            options.UnixCreateMode = FileMode0600;
        }
        return new FileStream(path, options);
    }

    /// <summary>Puts a small file in the place of what is there, whole or not at all.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> contents)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        using (var file = Open(temporary, System.IO.FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(contents);
        }
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Makes sure that a folder exists. Every level that has to be created is private.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }
        // The runtime gives its own default mode to the parents it creates, so each level is made by itself.
        if (Path.GetDirectoryName(path) is { } parent)
        {
            CreateFolder(parent);
        }
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderMode0700);
        }
    }
}
