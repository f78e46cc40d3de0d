using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sage.Protocol.Json;

namespace Sage.Protocol.EditorKnowledge;

/// <summary>
/// <see cref="Methods.ReadDiagnostics"/>: what the editor's language servers report (<c>vscode.languages.getDiagnostics</c>). Hints
/// are left out. Errors come first, then warnings, then by path and line.
/// </summary>
/// <param name="Root">Absolute folder; what lies elsewhere is left out.</param>
/// <param name="Most">How many to answer with.</param>
/// <param name="Paths">Absolute files; absent for all of the folder.</param>
/// <param name="WaitMs">
/// How long to wait for news of these files. With <paramref name="Since"/>: for what is reported after it, unless no tab shows them.
/// Without: for reports on those that have changed since the last one, or are not open; these are opened, out of sight.
/// </param>
/// <param name="Since">A <see cref="ReadDiagnosticsResult.Revision"/> of the same editor.</param>
public sealed record ReadDiagnosticsParams(
    string Root,
    int Most,
    ImmutableArray<string>? Paths = null,
    int WaitMs = 0,
    long? Since = null
);

/// <param name="Revision">Grows with each report of any language server.</param>
/// <param name="Diagnostics">At most as many as were asked for.</param>
/// <param name="Errors">How many there are in all.</param>
/// <param name="Warnings">How many there are in all.</param>
/// <param name="Others">How many of less weight there are in all.</param>
/// <param name="Unseen">Those of the asked files that no tab shows: some language servers do not look at these.</param>
public sealed record ReadDiagnosticsResult(
    long Revision,
    ImmutableArray<EditorDiagnostic> Diagnostics,
    int Errors,
    int Warnings,
    int Others,
    ImmutableArray<string> Unseen
);

/// <param name="Path">Absolute.</param>
/// <param name="Line">1-based, where it begins.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Message">The language server's words.</param>
/// <param name="Source">Who found it: <c>ts</c>.</param>
/// <param name="Code">The name or number of the rule.</param>
public sealed record EditorDiagnostic(
    string Path,
    int Line,
    EditorSeverity Severity,
    string Message,
    string? Source = null,
    string? Code = null
);

/// <summary>How grave a diagnostic is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<EditorSeverity>))]
public enum EditorSeverity
{
    Error,
    Warning,
    Information,
}
