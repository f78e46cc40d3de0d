using System.Collections.Immutable;
using Sage.Protocol.EditorKnowledge;

namespace Sage.Protocol.Events;

/// <summary>
/// The editor reports problems in files that Sage has changed, which were not there before and came too late for the result of the
/// call that changed them. The model reads them with its next request.
/// </summary>
/// <param name="Diagnostics">Errors and warnings; paths as people see them.</param>
/// <param name="More">How many there are beside these.</param>
public sealed record DiagnosticsArrived(ImmutableArray<EditorDiagnostic> Diagnostics, int More = 0) : DurableEvent;
