using Sage.Protocol.Runtime;

namespace Sage.Server.Cli.Doctor;

/// <summary>One line of <c>sage doctor</c>.</summary>
/// <param name="Verdict">How serious it is.</param>
/// <param name="Subject">What was looked at.</param>
/// <param name="Text">What was found, and what to do when it is not well.</param>
internal sealed record Finding(DoctorVerdict Verdict, string Subject, string Text)
{
    public override string ToString() => $"{Verdict.ToString().ToLowerInvariant(), -5} {Subject, -12} {Text}";
}
