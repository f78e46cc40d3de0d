import { expect, test } from 'vitest';
import { fileEdits } from '../../../../sage-vscode/src/features/editorKnowledge/fileEdits';

const at = (line: number, character: number) => ({ line, character });
const uri = { scheme: 'file', fsPath: '/w/a.ts' };
const change = { range: { start: at(0, 6), end: at(0, 11) }, newText: 'sum' };
const linesOf = async () => ['const total = 1;', '', 'end'];

test('an edit says what stands there now', async () => {
  const across = { range: { start: at(0, 14), end: at(2, 3) }, newText: '' };

  expect(await fileEdits({ entries: () => [[uri, [change, across]]] }, linesOf)).toEqual({
    files: [
      {
        path: '/w/a.ts',
        edits: [
          { startLine: 1, startCharacter: 6, endLine: 1, endCharacter: 11, oldText: 'total', newText: 'sum' },
          { startLine: 1, startCharacter: 14, endLine: 3, endCharacter: 3, oldText: '1;\n\nend', newText: '' },
        ],
      },
    ],
    hasFileOperations: false,
  });
});

test('what would also create, move or delete files is told as more than text', async () => {
  const text = { entries: () => [[uri, [change]]] as [typeof uri, (typeof change)[]][] };

  const whole = await fileEdits({ ...text, _allEntries: () => [{ _type: 2 }] }, linesOf);
  const moving = await fileEdits({ ...text, _allEntries: () => [{ _type: 2 }, { _type: 1 }] }, linesOf);

  expect([whole.hasFileOperations, moving.hasFileOperations]).toEqual([false, true]);
});

test('a file that cannot be read is not left out in silence', async () => {
  expect(await fileEdits({ entries: () => [[uri, [change]]] }, async () => undefined)).toEqual({
    files: [],
    hasFileOperations: true,
  });
});
