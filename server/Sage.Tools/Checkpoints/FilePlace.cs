using System.Diagnostics.CodeAnalysis;
using Sage.Agent.Extensions;
using Sage.Agent.Workspaces;
using Sage.Tools.Files;
using Sage.Tools.Files.Disk;
using Sage.Tools.Text;

namespace Sage.Tools.Checkpoints;

/// <summary>A file as it is now, where it lies now, and writing to it what it shall hold.</summary>
internal sealed class FilePlace
{
    private readonly WorkspaceFiles _files;
    private readonly string _shown;
    private readonly FileInfo _file;
    private readonly EditorDocument? _document;

    private FilePlace(
        WorkspaceFiles files,
        string shown,
        FileInfo file,
        EditorDocument? document,
        HeldContent content
    ) => (_files, _shown, _file, _document, Content) = (files, shown, file, document, content);

    public HeldContent Content { get; }

    /// <summary>Unix permission bits, where there are any.</summary>
    public int? Mode => _file.ModeBits();

    /// <returns>The place, or in words why tools may not use it.</returns>
    public static async Task<(FilePlace? Place, string? Problem)> FindAsync(
        WorkspaceFiles files,
        Workspace workspace,
        string path,
        CancellationToken cancellationToken
    )
    {
        if (!WorkspacePaths.TryAbsolute(workspace, path, out var fullPath, out var error))
        {
            return (null, error);
        }

        if (!files.Paths.TryForWriting(workspace, fullPath, out var realPath, out var refusal))
        {
            return (null, refusal.Text);
        }

        if (Directory.Exists(realPath))
        {
            return (null, $"{path} is a folder now.");
        }

        var document = files.FindDocument(fullPath, realPath);
        var file = DiskFile.LookAt(realPath);
        if (file.Exists && FileStatus.Of(realPath) is { IsRegular: false })
        {
            return (null, $"{path} is a pipe, a socket or a device now.");
        }

        var content = document is { IsDirty: true }
            ? HeldContent.OfText(new TextFile(document.Text, Utf8Codec.Plain), exact: null)
            : await ReadAsync(file, cancellationToken);
        return (new FilePlace(files, path, file, document, content), null);
    }

    /// <returns>Null when it is written; else why not, in words.</returns>
    public Task<string?> WriteAsync(HeldContent target, int? mode, CancellationToken cancellationToken) =>
        (target, Content) switch
        {
            (HeldContent.Absent, _) => Task.FromResult(Delete()),
            (HeldContent.Text text, HeldContent.Text now) => WriteTextAsync(text, now, cancellationToken),
            _ => WriteBytesAsync(target, mode, cancellationToken),
        };

    /// <summary>Its bytes as they were read, or as they would be written.</summary>
    public static bool TryGetBytes(HeldContent content, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = content switch
        {
            HeldContent.Binary binary => binary.Bytes,
            HeldContent.Text { Exact: { } exact } => exact,
            HeldContent.Text text when text.File.Codec.TryEncode(text.File.Text, out var encoded, out _) => encoded,
            _ => null,
        };
        return bytes is not null;
    }

    private static async Task<HeldContent> ReadAsync(FileInfo file, CancellationToken cancellationToken) =>
        !file.Exists ? new HeldContent.Absent()
        : file.Length > IFileImages.Largest ? new HeldContent.Unknown()
        : HeldContent.Of(await RealFile.ReadAllBytesAsync(file.FullName, cancellationToken));

    private string? Delete()
    {
        if (_document is { IsDirty: true })
        {
            return Unsaved;
        }

        if (!_file.IsUntouched())
        {
            return Moved;
        }

        RealFile.Delete(_file.FullName);
        return null;
    }

    private async Task<string?> WriteTextAsync(
        HeldContent.Text target,
        HeldContent.Text now,
        CancellationToken cancellationToken
    )
    {
        var current = new FileContent.Text(_file.FullName, now.File, _document, _file);
        var plan = RewritePlan.Of(_shown, _file.FullName, current, new Rewriting(target.Lf));
        if (plan.Error is { } error)
        {
            return error.Text;
        }

        if (plan.Target == RewriteTarget.Editor)
        {
            var text = target.Exact is null ? plan.NewText : target.File.Text;
            return await _files.Documents.TryReplaceAsync(
                _document!.FullPath,
                _document.Version,
                text,
                cancellationToken
            )
                ? null
                : Moved;
        }

        return await WriteToDiskAsync(target.Exact ?? plan.NewBytes!, cancellationToken);
    }

    private async Task<string?> WriteBytesAsync(HeldContent target, int? mode, CancellationToken cancellationToken)
    {
        if (_document is { IsDirty: true })
        {
            return Unsaved;
        }

        if (!TryGetBytes(target, out var bytes))
        {
            return $"What {_shown} held is not kept any more.";
        }

        var problem = await WriteToDiskAsync(bytes, cancellationToken);
        if (problem is null && mode is { } bits && !OperatingSystem.IsWindows())
        {
            using var handle = RealFile.OpenRead(_file.FullName);
            File.SetUnixFileMode(handle, (UnixFileMode)bits);
        }

        return problem;
    }

    private async Task<string?> WriteToDiskAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        if (_file is { Exists: true, IsReadOnly: true })
        {
            return $"{_shown} is read-only.";
        }

        if (!_file.IsUntouched())
        {
            return Moved;
        }

        await AtomicFile.WriteAsync(_file.FullName, bytes, cancellationToken);
        return null;
    }

    private string Unsaved => $"{_shown} has unsaved changes in the editor. Save or discard them first.";

    private string Moved => $"{_shown} changed in this moment. Try again.";
}
