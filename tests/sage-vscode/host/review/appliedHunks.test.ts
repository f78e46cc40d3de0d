import { expect, test } from 'vitest';
import { applyHunks } from '../../../../sage-vscode/src/features/review/appliedHunks';
import type { Hunk } from '../../../../sage-vscode/src/protocol/generated';

const hunk = (oldStart: number, oldLines: number, ...lines: readonly string[]): Hunk => ({
  oldStart,
  oldLines,
  newStart: oldStart,
  newLines: lines.filter((line) => !line.startsWith('-')).length,
  lines,
});

test('hunks change the lines they were made for, however many there are', () => {
  const text = 'a\nb\nc\nd\ne\n';
  expect(applyHunks(text, [hunk(1, 2, ' a', '-b', '+B', '+B2'), hunk(4, 1, '-d')])).toBe('a\nB\nB2\nc\ne\n');
  expect(applyHunks(text, [])).toBe(text);
});

test('a hunk that replaces nothing stands behind the line that it names', () => {
  expect(applyHunks('a\nb\n', [hunk(1, 0, '+new')])).toBe('a\nnew\nb\n');
  expect(applyHunks('', [hunk(0, 0, '+first')])).toBe('first\n');
});

test('line endings of the editor do not matter', () => {
  expect(applyHunks('a\r\nb\r\n', [hunk(2, 1, '-b', '+c')])).toBe('a\nc\n');
});
