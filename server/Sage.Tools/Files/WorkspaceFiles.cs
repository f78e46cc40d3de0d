using Sage.Agent.Extensions;
using Sage.Agent.ToolCalls;
using Sage.Agent.Workspaces;
using Sage.Tools.Files.Disk;
using Sage.Tools.Text;

namespace Sage.Tools.Files;

/// <summary>Loads what a file holds for the user: unsaved text in the editor before what is on disk.</summary>
public sealed class WorkspaceFiles(WorkspacePaths paths, IEditorDocuments documents)
{
    /// <summary>Larger files are not read whole.</summary>
    internal const int LargestText = 10 * 1024 * 1024;

    /// <summary>Larger files are not edited: what they hold could not be kept, and is held several times over meanwhile.</summary>
    internal const int LargestEdited = IFileImages.Largest;

    internal const int LargestImage = 5 * 1024 * 1024;

    internal WorkspacePaths Paths => paths;

    internal IEditorDocuments Documents => documents;

    /// <param name="fullPath">From <see cref="WorkspacePaths.TryAbsolute"/>.</param>
    internal Task<FileContent> LoadAsync(Workspace workspace, string fullPath, CancellationToken cancellationToken) =>
        LoadAsync(workspace, fullPath, LargestText, cancellationToken);

    /// <param name="fullPath">From <see cref="WorkspacePaths.TryAbsolute"/>.</param>
    /// <param name="largestText">Bytes of a text that is loaded whole.</param>
    internal async Task<FileContent> LoadAsync(
        Workspace workspace,
        string fullPath,
        int largestText,
        CancellationToken cancellationToken
    )
    {
        if (!paths.TryForReading(workspace, fullPath, out var realPath, out var refusal))
        {
            return new FileContent.Refused(refusal);
        }

        var document = FindDocument(fullPath, realPath);
        var file = new FileInfo(realPath);
        if (document is { } open && (open.IsDirty || !file.Exists))
        {
            return new FileContent.Text(realPath, new TextFile(open.Text, Utf8Codec.Plain), open, file);
        }

        if (Directory.Exists(realPath))
        {
            return Refuse($"{workspace.Display(fullPath)} is a folder: use list_directory.");
        }

        return file.Exists
            ? await LoadFromDiskAsync(workspace.Display(fullPath), file, document, largestText, cancellationToken)
            : new FileContent.Missing(workspace, fullPath);
    }

    internal EditorDocument? FindDocument(string fullPath, string realPath) =>
        documents.Find(fullPath) ?? (realPath == fullPath ? null : documents.Find(realPath));

    private static async Task<FileContent> LoadFromDiskAsync(
        string shown,
        FileInfo file,
        EditorDocument? document,
        int largestText,
        CancellationToken cancellationToken
    )
    {
        // Also pipes, sockets and devices, which are never opened: doing so could wait forever.
        if (file.Length == 0)
        {
            return new FileContent.Text(file.FullName, new TextFile("", Utf8Codec.Plain), document, file);
        }

        var head = await ReadHeadAsync(file, cancellationToken);
        return ContentKind.Of(head) switch
        {
            ContentKind.Binary(var name) => Refuse(
                $"{shown} is {name} ({FileSize.Text(file.Length)}); tools read text and images only."
            ),
            ContentKind.Image when file.Length > LargestImage => Refuse(
                $"{shown} is an image of {FileSize.Text(file.Length)}; images up to {FileSize.Text(LargestImage)} can be shown."
            ),
            ContentKind.Image(var mediaType) => new FileContent.Image(
                mediaType,
                await RealFile.ReadAllBytesAsync(file.FullName, cancellationToken)
            ),
            _ when file.Length > largestText => new FileContent.Large(file),
            _ => new FileContent.Text(
                file.FullName,
                TextFile.Decode(
                    file.Length <= head.Length
                        ? head
                        : await RealFile.ReadAllBytesAsync(file.FullName, cancellationToken)
                ),
                document,
                file
            ),
        };
    }

    private static async Task<byte[]> ReadHeadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        using var handle = RealFile.OpenRead(file.FullName);
        var head = new byte[Math.Min(file.Length, ContentKind.HeadSize)];
        var read = 0;
        while (read < head.Length)
        {
            var count = await RandomAccess.ReadAsync(handle, head.AsMemory(read), read, cancellationToken);
            if (count == 0)
            {
                break;
            }

            read += count;
        }

        return head[..read];
    }

    private static FileContent.Refused Refuse(string error) => new(ToolResult.Error(error));
}

/// <summary>What loading a file gave.</summary>
internal abstract record FileContent
{
    private FileContent() { }

    /// <param name="RealPath">The file behind the path.</param>
    /// <param name="Content">From the editor when it is open and dirty, else from the disk.</param>
    /// <param name="Document">Set when it is open in the editor.</param>
    /// <param name="File">On disk.</param>
    public sealed record Text(string RealPath, TextFile Content, EditorDocument? Document, FileInfo File) : FileContent;

    public sealed record Image(string MediaType, byte[] Bytes) : FileContent;

    /// <summary>Text, too large to be read whole.</summary>
    public sealed record Large(FileInfo File) : FileContent;

    public sealed record Missing(Workspace Workspace, string FullPath) : FileContent
    {
        /// <summary>With the closest names; looks for them.</summary>
        public string Explain() => ClosestNames.Missing(Workspace, FullPath);
    }

    public sealed record Refused(ToolResult Result) : FileContent;
}
