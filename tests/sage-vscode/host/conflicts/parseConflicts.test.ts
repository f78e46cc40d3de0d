import { expect, test } from 'vitest';
import { parseConflicts, resolveInstruction } from '../../../../sage-vscode/src/features/conflicts/parseConflicts';

const conflict = ['<<<<<<< HEAD', 'ours', '=======', 'theirs', '>>>>>>> feature/cart'];

test('each conflict is found with its marks and its sides', () => {
  const text = ['before', ...conflict, 'between', ...conflict, 'after'].join('\n');
  expect(parseConflicts(text)).toEqual([
    { start: 1, end: 5, ours: 'HEAD', theirs: 'feature/cart' },
    { start: 7, end: 11, ours: 'HEAD', theirs: 'feature/cart' },
  ]);
});

test('Windows line endings, a base and names that are missing are no hindrance', () => {
  const text = ['<<<<<<<', 'a', '||||||| 1a2b3c', 'o', '=======', 'b', '>>>>>>>'].join('\r\n');
  expect(parseConflicts(text)).toEqual([{ start: 0, end: 6, ours: '', theirs: '' }]);
});

test.each([
  ['without a middle', ['<<<<<<< a', 'x', '>>>>>>> b']],
  ['without an end', ['<<<<<<< a', 'x', '=======', 'y']],
  ['without a beginning', ['x', '=======', 'y', '>>>>>>> b']],
  ['with two middles', ['<<<<<<< a', '=======', '=======', '>>>>>>> b']],
  ['with a base below its middle', ['<<<<<<< a', '=======', '||||||| c', '>>>>>>> b']],
  ['that is a heading', ['Title', '=======', '<<<<<<<< eight', '>>>>>>>> eight']],
  ['that is indented', conflict.map((line) => ` ${line}`)],
])('a text %s has none', (_, lines) => {
  expect(parseConflicts(lines.join('\n'))).toEqual([]);
});

test('a mark that begins anew ends what was not finished', () => {
  const text = ['<<<<<<< a', 'x', '<<<<<<< b', 'y', '=======', 'z', '>>>>>>> c'].join('\n');
  expect(parseConflicts(text)).toEqual([{ start: 2, end: 6, ours: 'b', theirs: 'c' }]);
});

test('the instruction names both sides where git does', () => {
  const [found] = parseConflicts(conflict.join('\n'));
  expect(found && resolveInstruction(found)).toContain('between HEAD and feature/cart:');
  expect(resolveInstruction({ start: 0, end: 1, ours: 'HEAD', theirs: ' ' })).toMatch(/^Resolve this merge conflict:/);
});
