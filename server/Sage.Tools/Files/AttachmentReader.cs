using Sage.Agent.Extensions;
using Sage.Agent.Workspaces;
using Sage.Protocol.Turns;
using Sage.Tools.Text;

namespace Sage.Tools.Files;

/// <summary>Reads attached files by the same rules as <c>read_file</c>.</summary>
internal sealed class AttachmentReader(WorkspaceFiles files) : IAttachmentReader
{
    /// <summary>Longer files the model had better read in parts.</summary>
    private const int MostChars = 50_000;

    public async Task<InputPart> ReadAsync(FilePart file, Workspace workspace, CancellationToken cancellationToken)
    {
        if (!WorkspacePaths.TryAbsolute(workspace, file.Path, out var fullPath, out _))
        {
            return file;
        }

        try
        {
            return await files.LoadAsync(workspace, fullPath, cancellationToken) switch
            {
                FileContent.Text { Content.Text: { Length: <= MostChars } text } => new SelectionPart(
                    workspace.Display(fullPath),
                    1,
                    Math.Max(1, TextLines.Split(text).Count),
                    Utf8Codec.Presentable(text),
                    WholeFile: true
                ),
                FileContent.Image image => new ImagePart(image.MediaType, Convert.ToBase64String(image.Bytes)),
                _ => file,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return file;
        }
    }
}
