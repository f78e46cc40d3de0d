using MediatR;
using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Protocol.Runtime;
using Sage.Sandbox.Commands;
using Sage.Sandbox.Walls;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Runtime;

/// <summary>Says what stands around commands. The walls are tried when somebody first asks, once.</summary>
internal sealed class ProtectionHandler(CommandRunner runner, OpenFolders folders, IPermissionRules rules)
    : IRequestHandler<ProtectionParams, ProtectionResult>
{
    private readonly Lock _gate = new();
    private Task<SandboxSupport>? _support;

    public async Task<ProtectionResult> Handle(ProtectionParams request, CancellationToken cancellationToken)
    {
        var wish = folders.First is null ? SandboxWish.Default : rules.Read(folders.Workspace).Sandbox;
        Task<SandboxSupport> trying;
        lock (_gate)
        {
            trying = _support ??= TryAsync();
        }

        var support = await trying.WaitAsync(cancellationToken);
        return new ProtectionResult(StateOf(wish, support), wish.Network, support.Means, support.Missing);
    }

    private static WallState StateOf(SandboxWish wish, SandboxSupport support) =>
        !wish.Enabled ? WallState.SwitchedOff
        : support.Means.IsEmpty ? WallState.None
        : support.Missing.IsEmpty ? WallState.Whole
        : WallState.Partly;

    private async Task<SandboxSupport> TryAsync()
    {
        try
        {
            return await SandboxSupport.TryAsync(runner, CancellationToken.None);
        }
        catch (Exception e) when (e is CommandStartException or TimeoutException)
        {
            return new SandboxSupport([], [$"A test command could not be walled in: {e.Message}"]);
        }
    }
}
