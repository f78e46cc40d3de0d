import { expect, test } from 'vitest';
import { listCodeActions, withoutOwn } from '../../../../sage-vscode/src/features/editorKnowledge/codeActionList';
import { listDiagnostics } from '../../../../sage-vscode/src/features/editorKnowledge/diagnosticList';
import { hoverText } from '../../../../sage-vscode/src/features/editorKnowledge/hoverText';
import { isWithin } from '../../../../sage-vscode/src/features/editorKnowledge/isWithin';
import { listLocations } from '../../../../sage-vscode/src/features/editorKnowledge/locationList';
import { listLocated, listOutline } from '../../../../sage-vscode/src/features/editorKnowledge/symbolList';

const range = (line: number, end = line) => ({ start: { line, character: 0 }, end: { line: end, character: 1 } });
const file = (path: string) => ({ scheme: 'file', fsPath: path, toString: () => `file://${path}` });

test('problems come gravest first, without hints, and are counted beyond those that are told', () => {
  const reported = (line: number, severity: number) => ({ range: range(line), severity, message: `m${line}` });
  const files = [
    ['/w/b.ts', [reported(4, 1), reported(2, 0), reported(1, 3)]],
    ['/w/a.ts', [reported(9, 2), { ...reported(7, 0), source: 'ts', code: { value: 2322 } }]],
  ] as const;

  const { diagnostics, ...counts } = listDiagnostics(files, 3);

  expect(counts).toEqual({ errors: 2, warnings: 1, others: 1 });
  expect(diagnostics).toEqual([
    { path: '/w/a.ts', line: 8, severity: 'error', message: 'm7', source: 'ts', code: '2322' },
    { path: '/w/b.ts', line: 3, severity: 'error', message: 'm2' },
    { path: '/w/b.ts', line: 5, severity: 'warning', message: 'm4' },
  ]);
});

test('places are sorted, told once, and have their lines', async () => {
  const found = [
    { uri: file('/w/b.ts'), range: range(2) },
    { targetUri: file('/w/a.ts'), targetRange: range(0, 9), targetSelectionRange: range(1) },
    { uri: file('/w/a.ts'), range: range(1) },
    { uri: { scheme: 'jdt', fsPath: '/x', toString: () => 'jdt://x' }, range: range(0) },
  ];
  const linesOf = async (uri: { fsPath: string }) => (uri.fsPath === '/w/a.ts' ? ['', '  total()'] : undefined);

  expect(await listLocations(found, 2, linesOf)).toEqual({
    count: 3,
    locations: [
      { path: '/w/a.ts', line: 2, text: 'total()' },
      { path: '/w/b.ts', line: 3 },
    ],
  });
});

test('an outline has its symbols in their order, with how deep they lie', () => {
  const method = { name: 'add', kind: 5, range: range(3), children: [] };
  const field = { name: 'items', kind: 7, range: range(1), children: [] };
  const outline = [{ name: 'Cart', kind: 4, range: range(0, 8), children: [method, field] }];

  expect(listOutline('/w/a.ts', outline, 2)).toEqual({
    count: 3,
    symbols: [
      { name: 'Cart', kind: 'class', path: '/w/a.ts', startLine: 1, endLine: 9, depth: 0 },
      { name: 'items', kind: 'field', path: '/w/a.ts', startLine: 2, endLine: 2, depth: 1 },
    ],
  });
});

test('symbols of the workspace are those inside of it', () => {
  const at = (path: string) => ({
    name: 'add',
    kind: 11,
    containerName: 'cart',
    location: { uri: { fsPath: path }, range: range(3) },
  });

  expect(listLocated([at('/lib/x.ts'), at('/w/a.ts')], (path) => path.startsWith('/w/'), 9)).toEqual({
    count: 1,
    symbols: [
      { name: 'add', kind: 'function', path: '/w/a.ts', startLine: 4, endLine: 4, depth: 0, container: 'cart' },
    ],
  });
});

test('what hovering shows is Markdown, each piece once', () => {
  const hovers = [
    { contents: [{ value: '\n```ts\nconst a: number\n```\n' }, 'Words. ', { language: 'ts', value: 'a' }] },
    { contents: ['Words.', ''] },
  ];

  expect(hoverText(hovers)).toBe('```ts\nconst a: number\n```\n\nWords.\n\n```ts\na\n```');
});

test('code actions say what keeps them from being applied, and those of Sage are left out', () => {
  const offered = [
    { title: 'Import', kind: { value: 'quickfix' }, isPreferred: true, edit: {} },
    { title: 'Extract', command: { command: 'ts.extract' } },
    { title: 'Organize', disabled: { reason: 'no imports' }, edit: {} },
    { title: 'Ask Sage: Fix', command: 'sage.runCodeAction' },
    { title: 'Ask Sage: Explain', command: { command: 'sage.runCodeAction' } },
  ];

  expect(listCodeActions(withoutOwn(offered))).toEqual([
    { title: 'Import', kind: 'quickfix', isPreferred: true },
    { title: 'Extract', isPreferred: false, obstacle: 'it runs a command of an extension' },
    { title: 'Organize', isPreferred: false, obstacle: 'disabled: no imports' },
  ]);
});

test.each([
  ['/w', '/w/a.ts', true],
  ['/w', '/w', true],
  ['/w', '/w/..a.ts', true],
  ['/w', '/wide/a.ts', false],
  ['/w', '/', false],
])('in %s the path %s is inside: %s', (folder, path, inside) => {
  expect(isWithin(folder, path)).toBe(inside);
});
