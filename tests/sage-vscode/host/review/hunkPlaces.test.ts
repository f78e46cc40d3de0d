import { expect, test } from 'vitest';
import {
  afterEdit,
  hunkAt,
  hunksWithin,
  linesOf,
  neighbour,
  sameHunk,
} from '../../../../sage-vscode/src/features/review/hunkPlaces';
import { firstWords } from '../../../../sage-vscode/src/features/review/reviewWords';
import { file, hunk } from './reviewParts';

const idOf = (place: ReturnType<typeof neighbour>) => place?.hunk.id;

test('a hunk is where its lines are, and one that took lines away where they were', () => {
  const subject = file('a.ts', hunk('h1', 2, { newLines: 3 }), hunk('gone', 10, { newLines: 0 }));
  expect([1, 2, 4, 5, 9, 10, 11].map((line) => hunkAt(subject, line)?.id)).toEqual([
    undefined,
    'h1',
    'h1',
    undefined,
    undefined,
    'gone',
    undefined,
  ]);
  expect(hunkAt(undefined, 1)).toBeUndefined();
});

test('lines that were taken away at the end stand at the last line', () => {
  expect(linesOf(hunk('gone', 10, { newLines: 0 }), 10)).toEqual({ start: 9, end: 9 });
});

test('a changed place may hold several hunks', () => {
  const subject = file('a.ts', hunk('h1', 2), hunk('h2', 4), hunk('h3', 9));
  expect(hunksWithin(subject, { start: 2, end: 4 }).map(({ id }) => id)).toEqual(['h1', 'h2']);
});

test('next and previous go through all files and round again', () => {
  const files = [file('a.ts', hunk('a1', 2), hunk('a2', 8)), file('b.ts', hunk('b1', 1))];
  const from = (path: string, line: number) => ({ path, line });
  expect(idOf(neighbour(files, from('a.ts', 0), 'next'))).toBe('a1');
  expect(idOf(neighbour(files, from('a.ts', 2), 'next'))).toBe('a2');
  expect(idOf(neighbour(files, from('a.ts', 8), 'next'))).toBe('b1');
  expect(idOf(neighbour(files, from('b.ts', 1), 'next'))).toBe('a1');
  expect(idOf(neighbour(files, from('aa.ts', 5), 'next'))).toBe('b1');
  expect(idOf(neighbour(files, from('a.ts', 8), 'previous'))).toBe('a1');
  expect(idOf(neighbour(files, from('a.ts', 2), 'previous'))).toBe('b1');
  expect(idOf(neighbour(files, from('aa.ts', 5), 'previous'))).toBe('a2');
  expect(idOf(neighbour(files, null, 'next'))).toBe('a1');
  expect(idOf(neighbour(files, null, 'previous'))).toBe('b1');
});

test('there is no way to a file that was deleted, and none where nothing is left', () => {
  const deleted = { ...file('a.ts', hunk('h1')), kind: 'deleted' as const };
  expect(neighbour([deleted], null, 'next')).toBeNull();
  expect(neighbour([], { path: 'a.ts', line: 0 }, 'previous')).toBeNull();
});

test('a hunk that has only moved is known again, and one of two alike is not guessed', () => {
  const old = hunk('old', 5, { callId: 'c' });
  const moved = hunk('new', 7, { callId: 'c' });
  expect(sameHunk(old, [old, moved])).toBe(old);
  expect(sameHunk(old, [moved, hunk('other', 7, { callId: 'c', newLines: 2 })])).toBe(moved);
  expect(sameHunk(old, [moved, hunk('twin', 20, { callId: 'c' })])).toBeUndefined();
  expect(sameHunk(old, [])).toBeUndefined();
});

test('an edit moves the hunks behind it, and those that it is in grow or shrink', () => {
  const hunks = [hunk('before', 1), hunk('in', 4, { newLines: 3 }), hunk('behind', 10)];
  const places = (edit: Parameters<typeof afterEdit>[1]) =>
    afterEdit(hunks, edit).map(({ newStart, newLines }) => [newStart, newLines]);
  expect(places({ start: 5, end: 5, count: 3 })).toEqual([
    [1, 1],
    [4, 5],
    [12, 1],
  ]);
  expect(places({ start: 2, end: 3, count: 1 })).toEqual([
    [1, 1],
    [3, 3],
    [9, 1],
  ]);
  expect(afterEdit(hunks, { start: 0, end: 0, count: 1 })).toBe(hunks);
});

test('a prompt is cut between words to fit above a line', () => {
  expect(firstWords(' Fix\n it ')).toBe('Fix it');
  expect(firstWords('Make the cart safe against negative prices and more')).toBe(
    'Make the cart safe against negative…',
  );
  expect(firstWords('x'.repeat(60))).toBe(`${'x'.repeat(40)}…`);
});
