import * as vscode from 'vscode';
import { protocolPath } from '../../infrastructure/paths';
import type { Problem } from './problems';

/** Errors and warnings of every language server, of files of the workspace. */
export function readProblems(): Problem[] {
  return vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) =>
    uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(uri) !== undefined
      ? diagnostics
          .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning)
          .map(({ range, severity, message, source }) => ({
            path: protocolPath(uri),
            line: range.start.line + 1,
            column: range.start.character + 1,
            severity: severity === vscode.DiagnosticSeverity.Error ? 'error' : 'warning',
            message,
            source: source ?? '',
          }))
      : [],
  );
}
