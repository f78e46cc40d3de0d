using System.Collections.Immutable;
using Sage.Protocol.LanguageServer;
using Sage.Protocol.Permissions;

namespace Sage.Extensibility.Hooks.Configuration;

/// <summary>What all files together say.</summary>
/// <param name="Own">The user's hooks.</param>
/// <param name="OfProject">The project's.</param>
/// <param name="Offer">The project's as they have to be agreed to; null when there are none.</param>
/// <param name="Problems">What could not be used.</param>
/// <param name="Options">How they are run.</param>
/// <param name="Home">Sage's own folder.</param>
internal sealed record HookConfig(
    ImmutableArray<HookSpec> Own,
    ImmutableArray<HookSpec> OfProject,
    ProjectOffer? Offer,
    ImmutableArray<HookProblem> Problems,
    HookConfiguration Options,
    string Home
);

/// <summary>Something in a file that could not be used.</summary>
/// <param name="Text">What it is, and what to do about it.</param>
/// <param name="IsForeign">True for what other programs understand and Sage does not: nobody has to mend that.</param>
internal sealed record HookProblem(string Text, bool IsForeign = false);
