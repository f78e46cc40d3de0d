using Sage.Agent.Extensions;
using Sage.Agent.Workspaces;
using Sage.Protocol.Turns;

namespace Sage.Server.Tests.Fakes;

/// <summary>Leaves attachments as they are.</summary>
internal sealed class PlainAttachments : IAttachmentReader
{
    public Task<InputPart> ReadAsync(FilePart file, Workspace workspace, CancellationToken cancellationToken) =>
        Task.FromResult<InputPart>(file);
}
