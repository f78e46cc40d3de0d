namespace Sage.TestKit;

/// <summary>An empty folder of its own for one test, deleted with everything in it afterwards.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder() => Root = Directory.CreateTempSubdirectory("sage-test-").FullName;

    /// <summary>Absolute.</summary>
    public string Root { get; }

    public string this[string relativePath] => Path.Combine(Root, relativePath);

    /// <summary>Writes UTF-8 text, creating folders, and gives the absolute path.</summary>
    public string Write(string relativePath, string text)
    {
        var path = this[relativePath];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Write(string relativePath, byte[] bytes)
    {
        var path = this[relativePath];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Read(string relativePath) => File.ReadAllText(this[relativePath]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (IOException)
        {
            // A process that is still ending may hold or write a file; the folder is temporary anyway.
        }
    }
}
