import { expect, test } from 'vitest';
import { columnOf, findSymbol } from '../../../../sage-vscode/src/features/editorKnowledge/symbolPlace';

function linesOf(...lines: string[]) {
  return { lineCount: lines.length, lineAt: (line: number) => ({ text: lines[line] ?? '' }) };
}

test.each([
  ['const total = subtotal;', 'total', 6],
  ['const subtotal = total;', 'total', 17],
  ['const subtotal = 1;', 'total', 9],
  ['cart.total = 1;', 'cart.total', 5],
  ['Cart::total();', 'Cart::total', 6],
  ['this.#size = 1;', '#size', 6],
  ['$total + total$ + total', 'total', 18],
  ['größe + größen', 'größe', 0],
  ['nothing', 'total', -1],
  ['nothing', '', -1],
])('in %j the identifier %j is at %i', (text, symbol, column) => {
  expect(columnOf(text, symbol)).toBe(column);
});

test('a symbol on the line is found there', () => {
  expect(findSymbol(linesOf('a', 'let total;'), 2, 'total')).toEqual({ line: 1, character: 4 });
});

test('a symbol that stands elsewhere is told with where, and with what the line is', () => {
  expect(findSymbol(linesOf('total', 'let x;', 'total'), 2, 'total')).toEqual({ lineText: 'let x;', lines: [1, 3] });
});

test('a line that the file does not have is told as none', () => {
  expect(findSymbol(linesOf('total'), 9, 'total')).toEqual({ lines: [1] });
  expect(findSymbol(linesOf('total'), 0, 'other')).toEqual({ lines: [] });
});
