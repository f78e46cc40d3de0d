import { expect, test } from 'vitest';
import type { EditorDiagnostic } from '../../../../sage-vscode/src/protocol/generated';
import { emptyTranscript } from '../../../../sage-vscode/webview/state/chatState';
import { foldEvents } from '../../../../sage-vscode/webview/state/fold';
import { diagnosticsWords } from '../../../../sage-vscode/webview/text/diagnosticsWords';

const broken = (line: number): EditorDiagnostic => ({
  path: 'src/cart.ts',
  line,
  severity: 'error',
  message: `Line ${line} is broken.\nIt really is.`,
});

test('one problem is named with its place and its own words', () => {
  expect(diagnosticsWords({ type: 'diagnosticsArrived', diagnostics: [broken(3)] })).toBe(
    'The editor reports new problems after an edit, and the model is told: src/cart.ts:3 – Line 3 is broken.',
  );
});

test.each([
  [[1, 2, 3, 4], 0],
  [[1, 2, 3], 5],
])('of many problems only the first places are named', (lines, more) => {
  expect(diagnosticsWords({ type: 'diagnosticsArrived', diagnostics: lines.map(broken), more })).toContain(
    'src/cart.ts:1, src/cart.ts:2, src/cart.ts:3, … – Line 1',
  );
});

test('what the model is told between two requests stands in the transcript', () => {
  const event = { type: 'diagnosticsArrived', diagnostics: [broken(3)] } as const;
  const created = { type: 'sessionCreated', version: 2, workspace: '/w' } as const;
  const { items } = foldEvents(emptyTranscript, [
    { sessionId: 's1', seq: 1, event: created },
    { sessionId: 's1', seq: 2, event },
  ]);
  expect(items).toEqual([{ kind: 'notice', id: '2', text: diagnosticsWords(event) }]);
});
