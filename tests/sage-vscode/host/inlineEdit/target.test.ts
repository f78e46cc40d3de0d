import { expect, test } from 'vitest';
import { targetOf } from '../../../../sage-vscode/src/features/inlineEdit/target';

const lines = ['one', '  ', 'three'];
const target = (startLine: number, startCharacter: number, endLine: number, endCharacter: number) =>
  targetOf(
    { start: { line: startLine, character: startCharacter }, end: { line: endLine, character: endCharacter } },
    (line) => lines[line] ?? '',
  );

test('a selection stands for its whole lines', () => {
  expect(target(0, 2, 2, 1)).toEqual({ start: 0, end: 2, insert: false });
});

test('a selection that ends before a line leaves that line out', () => {
  expect(target(0, 0, 2, 0)).toEqual({ start: 0, end: 1, insert: false });
});

test('a cursor stands for its line', () => {
  expect(target(2, 1, 2, 1)).toEqual({ start: 2, end: 2, insert: false });
});

test('a cursor on a blank line asks for something new', () => {
  expect(target(1, 1, 1, 1)).toEqual({ start: 1, end: 1, insert: true });
});
