import { expect, test } from 'vitest';
import { ErrorCodes } from '../../../../sage-vscode/src/protocol/generated';
import { coded, settle } from '../fakes/fakeServer';
import { changed, file, hunk, review } from './reviewParts';

test('a session that has changed nothing is not asked about', async () => {
  const { server, open } = review();
  open({ type: 'notice', text: 'Hello.' });
  expect(server.waiting).toEqual([]);
});

test('a session that has changed something is asked what is to be reviewed, and which words that came from', async () => {
  const { pending, start, lists, memory } = review();
  await start(file('a.ts', hunk('h1')));
  expect(lists.at(-1)).toEqual(['a.ts']);
  expect(pending.promptOf('t1')).toBe('Fix it');
  expect(memory.value).toBe('s1');
});

test('changes, reviews and restores of the shown session ask again, those of others do not', async () => {
  const { server, start, happen, answerList } = review();
  await start(file('a.ts', hunk('h1')));
  for (const event of [changed, { type: 'hunksKept', files: [] } as const]) {
    happen(event);
    await answerList(file('a.ts', hunk('h1')));
  }
  happen({ type: 'filesRestored', restoreId: 'u1', kind: 'undone', files: [] });
  await answerList();
  happen(changed, 'another');
  expect(server.waiting).toEqual([]);
});

test('however much happens while the server answers, it is asked once more', async () => {
  const { server, open, happen, answerList, lists } = review();
  open(changed);
  happen(changed);
  happen(changed);
  expect(server.waiting).toHaveLength(1);
  await answerList(file('a.ts', hunk('h1')));
  expect(server.waiting.map(({ method }) => method)).toEqual(['sage/hunk/list']);
  await answerList(file('b.ts', hunk('h2')));
  expect(server.waiting).toEqual([]);
  expect(lists.at(-1)).toEqual(['b.ts']);
});

test('a list that comes after another session was opened is not shown', async () => {
  const { opened, open, server, lists, answerList } = review();
  open(changed);
  opened.emit({ sessionId: 's2', events: [] });
  await answerList(file('a.ts', hunk('h1')));
  expect(lists.flat()).toEqual([]);
  expect(server.waiting).toEqual([]);
});

test('what was to be reviewed before a reload is asked for at once, before the chat is opened', async () => {
  const { answerList, lists } = review({ current: 's1', remembered: 's1' });
  await answerList(file('a.ts', hunk('h1')));
  expect(lists).toEqual([['a.ts']]);
  expect(review({ current: 's2', remembered: 's1' }).server.waiting).toEqual([]);
});

test('a session that is gone has nothing to review, and a server that is away changes nothing', async () => {
  const { start, happen, server, lists, memory } = review();
  await start(file('a.ts', hunk('h1')));
  happen(changed);
  server.take('sage/hunk/list').fail(new Error('The connection is closed.'));
  await settle();
  expect(lists.at(-1)).toEqual(['a.ts']);
  happen(changed);
  server.take('sage/hunk/list').fail(coded(ErrorCodes.unknownSession));
  await settle();
  expect(lists.at(-1)).toEqual([]);
  expect(memory.value).toBeNull();
});

test('typing moves the hunks at once, and asks the server once when it has come to rest', async () => {
  const { pending, server, start, pass } = review();
  await start(file('a.ts', hunk('h1', 5)));
  pending.edited('a.ts', [{ start: 1, end: 1, count: 2 }]);
  pending.edited('a.ts', [{ start: 1, end: 1, count: 2 }]);
  pending.edited('other.ts', [{ start: 1, end: 1, count: 2 }]);
  expect(pending.find('a.ts')?.hunks[0]?.newStart).toBe(7);
  expect(server.waiting).toEqual([]);
  await pass();
  expect(server.waiting.map(({ method }) => method)).toEqual(['sage/hunk/list']);
});

test('a list from before the last key was pressed does not move the hunks back', async () => {
  const { pending, start, happen, answerList, pass } = review();
  await start(file('a.ts', hunk('h1', 5)));
  happen(changed);
  pending.edited('a.ts', [{ start: 1, end: 1, count: 2 }]);
  await answerList(file('a.ts', hunk('h1', 5)));
  expect(pending.find('a.ts')?.hunks[0]?.newStart).toBe(6);
  await pass();
  await answerList(file('a.ts', hunk('h2', 6)));
  expect(pending.find('a.ts')?.hunks[0]?.id).toBe('h2');
});

test('whoever looks at the window again sees what was changed behind its back', async () => {
  const { pending, server, start } = review();
  pending.lookAgain();
  expect(server.waiting).toEqual([]);
  await start(file('a.ts', hunk('h1')));
  pending.lookAgain();
  expect(server.waiting).toHaveLength(1);
});
