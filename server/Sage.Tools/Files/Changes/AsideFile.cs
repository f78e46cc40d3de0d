using Sage.Tools.Files.Disk;

namespace Sage.Tools.Files.Changes;

/// <summary>A file that is deleted only when nothing can fail any more: until then it stands aside under another name.</summary>
internal sealed class AsideFile
{
    private readonly string _path;
    private readonly string _aside;

    private AsideFile(string path, string aside) => (_path, _aside) = (path, aside);

    public static AsideFile Put(string path)
    {
        var name = $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}.sage-deleted";
        var aside = Path.Combine(Path.GetDirectoryName(path)!, name);
        RealFile.Move(path, aside);
        return new AsideFile(path, aside);
    }

    public void PutBack() => RealFile.Move(_aside, _path);

    public void Delete() => RealFile.Delete(_aside);
}
