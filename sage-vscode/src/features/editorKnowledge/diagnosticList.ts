import type { EditorDiagnostic, EditorSeverity } from '../../protocol/generated';

/** The part of the editor's diagnostics that is needed. Severities count from errors (0) to hints (3). */
export interface Reported {
  readonly range: { readonly start: { readonly line: number } };
  readonly severity: number;
  readonly message: string;
  readonly source?: string | undefined;
  readonly code?: string | number | { readonly value: string | number } | undefined;
}

const severities: readonly EditorSeverity[] = ['error', 'warning', 'information'];

/** What is reported, gravest first, and how much there is of each; hints are for the eye only. */
export function listDiagnostics(
  files: readonly (readonly [path: string, reported: readonly Reported[]])[],
  most: number,
) {
  const all = files.flatMap(([path, reported]) =>
    reported.flatMap((diagnostic) => {
      const severity = severities[diagnostic.severity];
      return severity === undefined ? [] : [toWire(path, severity, diagnostic)];
    }),
  );
  const count = (severity: EditorSeverity) => all.filter((diagnostic) => diagnostic.severity === severity).length;
  return {
    diagnostics: all.sort(gravestFirst).slice(0, most),
    errors: count('error'),
    warnings: count('warning'),
    others: count('information'),
  };
}

function toWire(path: string, severity: EditorSeverity, { range, message, source, code }: Reported): EditorDiagnostic {
  const rule = typeof code === 'object' ? code.value : code;
  return {
    path,
    line: range.start.line + 1,
    severity,
    message,
    ...(source !== undefined && { source }),
    ...(rule !== undefined && { code: `${rule}` }),
  };
}

function gravestFirst(a: EditorDiagnostic, b: EditorDiagnostic): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line)
  );
}
