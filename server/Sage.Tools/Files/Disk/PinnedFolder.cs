using Microsoft.Win32.SafeHandles;

namespace Sage.Tools.Files.Disk;

/// <summary>
/// A folder that is held open while files in it are replaced, moved or deleted: who swaps it for a link meanwhile leads
/// nobody astray.
/// </summary>
internal sealed class PinnedFolder : IDisposable
{
    private readonly string _realFolder;
    private readonly SafeFileHandle? _handle;
    private readonly string _path;

    private PinnedFolder(string realFolder, SafeFileHandle? handle)
    {
        (_realFolder, _handle) = (realFolder, handle);
        var alias = handle is null ? "" : $"/proc/self/fd/{handle.DangerousGetHandle()}";
        _path = handle is not null && Directory.Exists(alias) ? alias : realFolder;
    }

    /// <summary>The folder of a file.</summary>
    /// <param name="realPath">Absolute, links resolved.</param>
    /// <exception cref="IOException">It is not there, or a link is on the path.</exception>
    public static PinnedFolder Of(string realPath)
    {
        var folder = Path.GetDirectoryName(realPath)!;
        return new PinnedFolder(folder, RealFile.TryPin(folder));
    }

    /// <summary>How to name a file in it as long as it is held.</summary>
    /// <param name="path">Any path of the file; its name counts.</param>
    public string this[string path] => Path.Join(_path, Path.GetFileName(path));

    /// <summary>Failures name the path that people know.</summary>
    public void Do(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure)
            when (failure.Message.Contains(_path, StringComparison.Ordinal) && _path != _realFolder)
        {
            throw Explain(failure);
        }
    }

    /// <summary>Failures name the path that people know.</summary>
    public async Task DoAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception failure)
            when (failure.Message.Contains(_path, StringComparison.Ordinal) && _path != _realFolder)
        {
            throw Explain(failure);
        }
    }

    private Exception Explain(Exception failure) =>
        (failure, failure.Message.Replace(_path, _realFolder, StringComparison.Ordinal)) switch
        {
            (UnauthorizedAccessException, var text) => new UnauthorizedAccessException(text, failure),
            (IOException, var text) => new IOException(text, failure) { HResult = failure.HResult },
            _ => failure,
        };

    public void Dispose() => _handle?.Dispose();
}
