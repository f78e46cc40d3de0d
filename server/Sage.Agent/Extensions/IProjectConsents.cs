using System.Collections.Immutable;
using Sage.Agent.Workspaces;
using Sage.Protocol.Permissions;

namespace Sage.Agent.Extensions;

/// <summary>What the user has agreed to of what projects bring along. Port: implemented in Sage.Storage.</summary>
public interface IProjectConsents
{
    /// <summary>Whether exactly this may be used; asked for each use, so it costs a look at a file at most. Never throws, and false in a workspace that is not trusted.</summary>
    bool IsGiven(Workspace workspace, ProjectOffer offer);

    /// <summary>Whether the user is still to be asked about it.</summary>
    bool IsOpen(Workspace workspace, ProjectOffer offer);

    /// <exception cref="Protocol.SageException">It could not be kept.</exception>
    void Answer(Workspace workspace, ProjectOffer offer, OfferAnswer answer);

    /// <summary>The user has agreed to exactly these for as long as this process runs; not to what the project offers later.</summary>
    void GiveForThisRun(Workspace workspace, ImmutableArray<ProjectOffer> offers);
}

/// <summary>Whoever reads configuration of a project that can do more than restrict. Port: implemented where it is read.</summary>
public interface IProjectOffers
{
    /// <summary>What the project offers now, agreed to or not. Never throws: what cannot be read is no offer.</summary>
    ImmutableArray<ProjectOffer> OffersOf(Workspace workspace);
}
