using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Json;

namespace Sage.Protocol.Permissions;

/// <summary>Something that a project brings along and that does nothing until the user has seen it and agreed.</summary>
/// <param name="Kind">What it is: <c>permissions.allow</c>.</param>
/// <param name="Place">Where it stands, for people: <c>.sage/settings.json</c>.</param>
/// <param name="Lines">All that is agreed to, as it has to be shown.</param>
/// <param name="Hash">Of kind and lines: an answer is for exactly these.</param>
public sealed record ProjectOffer(string Kind, string Place, ImmutableArray<string> Lines, string Hash);

/// <summary><see cref="Methods.ListProjectOffers"/>: what the user is still to be asked about. None in a workspace that is not trusted.</summary>
public sealed record ListProjectOffersParams : IRequest<ProjectOffers>;

/// <summary><see cref="Methods.AnswerProjectOffer"/>. When the project offers something else by now, nothing is agreed to.</summary>
/// <param name="Kind">As <see cref="ProjectOffer.Kind"/>.</param>
/// <param name="Hash">Of what was shown.</param>
/// <param name="Answer">The user's.</param>
public sealed record AnswerProjectOfferParams(string Kind, string Hash, OfferAnswer Answer) : IRequest<ProjectOffers>;

/// <param name="Offers">What the user is to be asked about now.</param>
public sealed record ProjectOffers(ImmutableArray<ProjectOffer> Offers);

/// <summary>What the user says to an offer.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<OfferAnswer>))]
public enum OfferAnswer
{
    /// <summary>It holds in this folder, as long as it stays as it was shown.</summary>
    Use,

    /// <summary>Asked again by the next server, or when it has changed.</summary>
    NotNow,

    /// <summary>Nothing of this kind is used or asked about in this folder.</summary>
    Never,
}
