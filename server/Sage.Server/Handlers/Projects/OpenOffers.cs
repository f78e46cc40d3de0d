using Sage.Agent.Extensions;
using Sage.Protocol.Permissions;
using Sage.Server.Handlers.Workspaces;

namespace Sage.Server.Handlers.Projects;

/// <summary>The offers of everybody who reads configuration of projects, without those that the user has decided about.</summary>
internal sealed class OpenOffers(OpenFolders folders, IEnumerable<IProjectOffers> sources, IProjectConsents consents)
{
    public ProjectOffers Read()
    {
        if (folders.First is null)
        {
            return new ProjectOffers([]);
        }

        var workspace = folders.Workspace;
        var offers = sources.SelectMany(source => source.OffersOf(workspace).AsEnumerable());
        return new ProjectOffers([.. offers.Where(offer => consents.IsOpen(workspace, offer))]);
    }
}
