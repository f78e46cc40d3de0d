namespace Sage.Extensibility.Memory;

/// <summary>The beginning of a file that anybody may have put into the workspace.</summary>
/// <param name="Bytes">At most as many as were asked for.</param>
/// <param name="Length">Of the whole file.</param>
internal sealed record SmallFile(byte[] Bytes, long Length)
{
    /// <returns>Null when there is no such file, or nothing in it.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    public static SmallFile? Read(string path, int most)
    {
        var file = new FileInfo(LinkedPath.Resolve(path));
        // A pipe or a device has no length: opening one could wait for ever.
        if (!Directory.Exists(file.FullName) && (!file.Exists || file.Length == 0))
        {
            return null;
        }

        using var handle = File.OpenHandle(
            file.FullName,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        var buffer = new byte[most];
        var length = RandomAccess.Read(handle, buffer, 0);
        return new(buffer[..length], RandomAccess.GetLength(handle));
    }
}
