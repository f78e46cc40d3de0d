using Sage.Agent.Workspaces;
using Sage.Protocol.Turns;

namespace Sage.Agent.Extensions;

/// <summary>Reads the files a user attached, under the same path rules as the tools. Port: implemented in Sage.Tools.</summary>
public interface IAttachmentReader
{
    /// <summary>
    /// Turns a file into something the model can read: a <see cref="SelectionPart"/> with its text, an
    /// <see cref="ImagePart"/>, or the <see cref="FilePart"/> itself where the model had better look for itself
    /// (folders, big or binary files). Never throws for a bad path.
    /// </summary>
    Task<InputPart> ReadAsync(FilePart file, Workspace workspace, CancellationToken cancellationToken);
}
