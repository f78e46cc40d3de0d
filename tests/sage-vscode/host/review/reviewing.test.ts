import { expect, test } from 'vitest';
import { ErrorCodes } from '../../../../sage-vscode/src/protocol/generated';
import { coded, settle } from '../fakes/fakeServer';
import { file, hunk, review } from './reviewParts';

const conflict = (conflicts: number) => ({ path: 'a.ts', conflicts, reason: 'You have changed it too.' });
const done = { files: ['a.ts'], left: [] };

test('without a session nothing is asked of the server', async () => {
  const { reviewing, server } = review();
  await reviewing.keep({});
  await reviewing.undo({});
  await reviewing.restore('t1', false);
  expect(await reviewing.preview('t1')).toBeNull();
  expect(await reviewing.redo()).toBe(false);
  expect(server.waiting).toEqual([]);
});

test('several hunks are done with from the last to the first, so that the names of the others hold', async () => {
  const { reviewing, server, start } = review();
  const [first, second] = [hunk('h1', 2), hunk('h2', 8)];
  await start(file('a.ts', first, second));
  const kept = reviewing.keepHunks('a.ts', [first, second]);
  for (const hunkId of ['h2', 'h1']) {
    await settle();
    const request = server.take('sage/hunk/keep');
    expect(request.params).toEqual({ sessionId: 's1', path: 'a.ts', hunkId });
    request.answer({});
  }
  await kept;
});

test('a hunk whose name has changed since its lens was drawn is undone under its new one', async () => {
  const { pending, reviewing, server, start, answerList } = review();
  const old = hunk('old', 5, { callId: 'c' });
  await start(file('a.ts', old));
  pending.edited('a.ts', [{ start: 1, end: 1, count: 3 }]);
  const undone = reviewing.undoHunks('a.ts', [old]);
  await answerList(file('a.ts', hunk('new', 7, { callId: 'c' })));
  await settle();
  const request = server.take('sage/hunk/undo');
  expect(request.params).toEqual({ sessionId: 's1', path: 'a.ts', hunkId: 'new' });
  request.answer(done);
  await undone;
});

test('the reason for an undo goes to the server', async () => {
  const { reviewing, server, start } = review();
  await start(file('a.ts', hunk('h1')));
  const undone = reviewing.undoHunks('a.ts', [hunk('h1')], 'Too clever.');
  await settle();
  const request = server.take('sage/hunk/undo');
  expect(request.params).toEqual({ sessionId: 's1', path: 'a.ts', hunkId: 'h1', reason: 'Too clever.' });
  request.answer(done);
  await undone;
});

test('a hunk that the user has changed too is undone only when they say so', async () => {
  const { reviewing, server, start, asked, answers } = review();
  const edited = hunk('h1', 0, { edited: true });
  await start(file('a.ts', edited));
  await reviewing.undoHunks('a.ts', [edited]);
  expect(server.waiting).toEqual([]);
  answers.push(true);
  const undone = reviewing.undoHunks('a.ts', [edited]);
  await settle();
  const request = server.take('sage/hunk/undo');
  expect(request.params).toEqual({ sessionId: 's1', path: 'a.ts', hunkId: 'h1', overwrite: true });
  request.answer(done);
  await undone;
  expect(asked).toEqual([
    [1, 'undo'],
    [1, 'undo'],
  ]);
});

test('what an undo of everything has left because the user changed it is undone when they say so', async () => {
  const { reviewing, server, start, asked, answers, told } = review();
  await start(file('a.ts', hunk('h1')));
  answers.push(true);
  const undone = reviewing.undo({});
  const other = { path: 'b.ts', conflicts: 0, reason: 'It is read-only.' };
  server.take('sage/hunk/undo').answer({ files: [], left: [conflict(2), other] });
  await settle();
  const again = server.take('sage/hunk/undo');
  expect(again.params).toEqual({ sessionId: 's1', overwrite: true });
  again.answer({ files: ['a.ts'], left: [other] });
  await undone;
  expect(asked).toEqual([[2, 'undo']]);
  expect(told).toEqual([other]);
});

test('whoever says no to that keeps their lines, and hears only what they did not decide', async () => {
  const { reviewing, server, start, told } = review();
  await start(file('a.ts', hunk('h1')));
  const undone = reviewing.undo({ path: 'a.ts' });
  server.take('sage/hunk/undo').answer({ files: [], left: [conflict(1)] });
  await undone;
  expect(server.waiting).toEqual([]);
  expect(told).toEqual([]);
});

test('a change that is not there any more is looked for again, without a word', async () => {
  const { reviewing, server, start, answerList, lists } = review();
  await start(file('a.ts', hunk('h1')));
  const kept = reviewing.keepHunks('a.ts', [hunk('h1')]);
  await settle();
  server.take('sage/hunk/keep').fail(coded(ErrorCodes.staleHunk));
  await settle();
  await answerList();
  await kept;
  expect(lists.at(-1)).toEqual([]);
});

test('any other failure is told', async () => {
  const { reviewing, server, start } = review();
  await start(file('a.ts', hunk('h1')));
  const kept = reviewing.keep({ path: 'a.ts' });
  server.take('sage/hunk/keep').fail(coded(ErrorCodes.storageFailed));
  await expect(kept).rejects.toThrow('Refused.');
});

test('a restore tells what was left for a reason that its preview did not show', async () => {
  const { reviewing, server, start, told } = review();
  await start(file('a.ts', hunk('h1')));
  const restored = reviewing.restore('t1', false);
  const request = server.take('sage/checkpoint/restore');
  expect(request.params).toEqual({ sessionId: 's1', turnId: 't1', overwrite: false });
  const other = { path: 'b.ts', conflicts: 0, reason: 'It is read-only.' };
  request.answer({ files: [], left: [conflict(1), other] });
  await restored;
  expect(told).toEqual([other]);
});

test('a redo names what it redoes, so that what it leaves can be redone under the same name', async () => {
  const { reviewing, server, start, answers } = review();
  await start(file('a.ts', hunk('h1')));
  answers.push(true);
  const redone = reviewing.redo();
  server.take('sage/checkpoint/list').answer({ checkpoints: [], redoable: 'u2' });
  await settle();
  server.take('sage/checkpoint/redo').answer({ files: ['b.ts'], left: [conflict(1)], restoreId: 'u3' });
  await settle();
  const again = server.take('sage/checkpoint/redo');
  expect(again.params).toEqual({ sessionId: 's1', restoreId: 'u2', overwrite: true });
  again.answer(done);
  expect(await redone).toBe(true);
});

test('there is nothing to redo when nothing was taken back', async () => {
  const { reviewing, server, start } = review();
  await start(file('a.ts', hunk('h1')));
  const redone = reviewing.redo();
  server.take('sage/checkpoint/list').answer({ checkpoints: [] });
  expect(await redone).toBe(false);
});
