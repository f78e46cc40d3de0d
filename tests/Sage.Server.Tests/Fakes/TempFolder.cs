using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Tests.Fakes;

/// <summary>A folder of its own for one test, links resolved.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder()
    {
        Root = RealPath.Resolve(Directory.CreateTempSubdirectory("sage-server-").FullName);
    }

    public string Root { get; }

    public string PathOf(string relative) => Path.Combine(Root, relative);

    public string Write(string relative, string content)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (IOException)
        {
            // A process that is still ending may hold a file; the folder is temporary anyway.
        }
    }
}
