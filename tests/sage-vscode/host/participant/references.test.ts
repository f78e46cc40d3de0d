import { expect, test } from 'vitest';
import { wordsOf } from '../../../../sage-vscode/src/features/participant/prompt';
import { inputOf, type ReferenceReader } from '../../../../sage-vscode/src/features/participant/references';

const uri = (path: string, scheme = 'file') => ({ scheme, path, fsPath: path });
const range = (startLine: number, endLine: number, character = 5) => ({
  start: { line: startLine, character: 0 },
  end: { line: endLine, character },
});
const reader: ReferenceReader = {
  pathOf: ({ fsPath }) => fsPath.replace('/work/', ''),
  read: async ({ path }, at) => {
    if (path.includes('gone')) {
      throw new Error('There is no such file.');
    }
    return at === undefined ? 'all of it' : `lines ${at.start.line}-${at.end.line}`;
  },
};
const input = (...values: readonly unknown[]) =>
  inputOf(
    values.map((value) => ({ id: 'vscode.file', value })),
    reader,
  );

test('a file is pointed at, lines of it are sent as the editor shows them', async () => {
  expect(await input(uri('/work/src/a.ts'), { uri: uri('/work/src/b.ts'), range: range(2, 4) })).toEqual([
    { type: 'file', path: 'src/a.ts' },
    { type: 'selection', path: 'src/b.ts', startLine: 3, endLine: 5, text: 'lines 2-4' },
  ]);
});

test('whole lines do not reach into the next one', async () => {
  const [part] = await input({ uri: uri('/work/a.ts'), range: range(2, 4, 0) });
  expect(part).toMatchObject({ startLine: 3, endLine: 4 });
});

test('what was never saved, and text of the editor, goes along as words or as what it is', async () => {
  expect(await input(uri('Untitled-1', 'untitled'))).toEqual([{ type: 'text', text: 'Untitled-1:\n\nall of it' }]);
  const terminal = { id: 'vscode.terminalSelection', value: 'npm ERR!', modelDescription: 'The terminal' };
  expect(await inputOf([terminal], reader)).toEqual([
    { type: 'excerpt', source: 'terminal', title: 'The terminal', text: 'npm ERR!' },
  ]);
});

test('long text is cut, and says so', async () => {
  const [part] = await input('x'.repeat(60_000));
  expect(part?.type === 'text' && part.text.length).toBeLessThan(50_200);
  expect(part?.type === 'text' && part.text).toContain('the rest is left out');
});

test('images that models read are sent, others are not', async () => {
  const image = (mimeType: string, size = 3) => ({ mimeType, data: async () => new Uint8Array(size) });
  expect(await input(image('image/png'), image('image/tiff'), image('image/png', 6 * 1024 * 1024))).toEqual([
    { type: 'image', mediaType: 'image/png', data: 'AAAA' },
  ]);
});

test('what is named twice goes once; what cannot be read, or is of an unknown kind, is left out', async () => {
  expect(
    await input(uri('/work/a.ts'), uri('/work/a.ts'), { uri: uri('/work/gone.ts'), range: range(0, 1) }, { odd: 1 }, 7),
  ).toEqual([{ type: 'file', path: 'a.ts' }]);
});

test('a command says its order before the words of the user', () => {
  expect(wordsOf('explain', ' the cart ')).toBe('Explain this, and change nothing.\n\nthe cart');
  expect(wordsOf('fix', '')).toBe('Find the cause of this problem and fix it.');
  expect(wordsOf('plan', 'go')).toBe('go');
  expect(wordsOf(undefined, '/review src')).toBe('/review src');
  expect(wordsOf('plan', ' ')).toBe('');
});
