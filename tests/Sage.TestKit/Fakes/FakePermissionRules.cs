using Sage.Agent.Extensions;
using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;
using Sage.Protocol.Permissions;

namespace Sage.TestKit.Fakes;

/// <summary>The rules a test gives, and what was to be saved.</summary>
public sealed class FakePermissionRules : IPermissionRules
{
    public PermissionPolicy Policy { get; set; } = PermissionPolicy.Empty;

    public List<(GrantScope Scope, string Rule)> Saved { get; } = [];

    /// <summary>Thrown by the next saves.</summary>
    public IOException? Failure { get; set; }

    public PermissionPolicy Read(Workspace workspace) => Policy;

    public void Save(Workspace workspace, GrantScope scope, string rule)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        Saved.Add((scope, rule));
    }
}
