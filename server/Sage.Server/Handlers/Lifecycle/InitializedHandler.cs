using MediatR;
using Microsoft.Extensions.Logging;
using Sage.Protocol;
using Sage.Protocol.LanguageServer;
using Sage.Server.Handlers.Mcp;
using Sage.Server.Hosting;

namespace Sage.Server.Handlers.Lifecycle;

/// <summary>The editor is ready; from here on the log is open.</summary>
internal sealed class InitializedHandler(EditorClient client, McpNews mcp, ILogger<InitializedHandler> log)
    : IRequestHandler<InitializedParams, Done>
{
    public Task<Done> Handle(InitializedParams request, CancellationToken cancellationToken)
    {
        log.LogInformation(
            "Sage {Version} serves extension {ClientVersion}, workspace trusted: {Trusted}",
            ProductVersion.Text,
            client.Options.ClientVersion ?? "unknown",
            client.Options.WorkspaceTrusted
        );
        mcp.Begin();
        return Task.FromResult(Done.Value);
    }
}
