using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MediatR;
using Sage.Protocol.Json;

namespace Sage.Protocol.Runtime;

/// <summary><see cref="Methods.RunDoctor"/>: whether everything that Sage needs is there. No model is asked, and no key is shown.</summary>
public sealed record RunDoctorParams : IRequest<RunDoctorResult>;

/// <param name="Findings">The same, in the same order, as of <c>sage doctor</c>.</param>
public sealed record RunDoctorResult(ImmutableArray<DoctorFinding> Findings);

/// <param name="Verdict">How serious it is.</param>
/// <param name="Subject">What was looked at, in a word.</param>
/// <param name="Text">What was found, and what to do when it is not well.</param>
public sealed record DoctorFinding(DoctorVerdict Verdict, string Subject, string Text);

/// <summary>How serious a finding is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<DoctorVerdict>))]
public enum DoctorVerdict
{
    Ok,

    /// <summary>Sage works, but less well.</summary>
    Warn,

    /// <summary>Sage does not work until something is done.</summary>
    Fail,
}
