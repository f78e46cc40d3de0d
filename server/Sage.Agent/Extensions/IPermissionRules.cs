using Sage.Agent.Permissions;
using Sage.Agent.Workspaces;
using Sage.Protocol.Permissions;

namespace Sage.Agent.Extensions;

/// <summary>The rules of the user, the project, the command line and the machine's administrator. Port: implemented in Sage.Storage.</summary>
public interface IPermissionRules
{
    /// <summary>The rules as they are now; asked for each call, so it costs a look at a few files at most. Never throws: what cannot be read is <see cref="PermissionPolicy.Problem"/>.</summary>
    PermissionPolicy Read(Workspace workspace);

    /// <summary>Saves a rule that allows.</summary>
    /// <param name="workspace">Where it was granted.</param>
    /// <param name="scope"><see cref="GrantScope.Workspace"/> or <see cref="GrantScope.User"/>.</param>
    /// <param name="rule">As <see cref="PermissionRule.Text"/>.</param>
    /// <exception cref="IOException">It could not be saved; the message says what to do.</exception>
    void Save(Workspace workspace, GrantScope scope, string rule);
}
