import { expect, test } from 'vitest';
import { fileTree } from '../../../../sage-vscode/src/features/participant/fileTree';
import { plainText } from '../../../../sage-vscode/src/features/participant/plainText';
import { TurnFold } from '../../../../sage-vscode/src/features/participant/turnFold';
import type { FileChangeKind, SessionEvent } from '../../../../sage-vscode/src/protocol/generated';

/** What a chat shows of these events, and the fold behind it. */
function shown(...events: readonly SessionEvent[]) {
  const fold = new TurnFold();
  const pieces = events.flatMap((event, index) => fold.take({ sessionId: 's', seq: index + 1, event }));
  const markdown = pieces.map((piece) => (piece.kind === 'markdown' ? piece.text : '')).join('');
  return { fold, pieces, markdown };
}

const delta = (replyId: string, offset: number, text: string): SessionEvent => ({
  type: 'textDelta',
  replyId,
  offset,
  text,
});
const ended = (replyId: string, text: string): SessionEvent => ({
  type: 'replyEnded',
  replyId,
  stopReason: 'endTurn',
  text,
});
const changed = (path: string, kind: FileChangeKind): SessionEvent => ({
  type: 'fileChanged',
  callId: 'c',
  path,
  kind,
  hunks: [],
});

test('a reply is shown once, as it streams and where its end tells more', () => {
  const { markdown } = shown(delta('r', 0, 'One '), delta('r', 4, 'two '), ended('r', 'One two three'));
  expect(markdown).toBe('One two three');
});

test('what was streamed twice is shown once, and behind a gap the end of the reply fills in', () => {
  const { pieces, markdown } = shown(delta('r', 0, 'One '), delta('r', 0, 'One two'), delta('r', 20, 'late'));
  expect(markdown).toBe('One two');
  expect(pieces).toHaveLength(2);
  expect(shown(delta('r', 0, 'a'), delta('r', 3, 'd'), ended('r', 'abcd')).markdown).toBe('abcd');
});

test('replies are paragraphs of their own', () => {
  const { markdown } = shown(ended('a', 'First.'), ended('b', ''), ended('c', 'Second.'));
  expect(markdown).toBe('First.\n\nSecond.');
});

test('calls, retries and notices are words, and a proposed plan is read where it was asked for', () => {
  const { pieces } = shown(
    { type: 'toolCallStarted', callId: 'c', replyId: 'r', name: 'run_command', title: 'Run npm test', input: {} },
    { type: 'retrying', attempt: 1, delayMs: 5, reason: 'Overloaded' },
    { type: 'notice', text: 'A hook has changed.' },
    { type: 'planProposed', callId: 'p', plan: '## Plan' },
    { type: 'toolOutput', callId: 'c', offset: 0, text: 'ok' },
  );
  expect(pieces).toEqual([
    { kind: 'doing', words: 'Run npm test' },
    { kind: 'doing', words: 'Overloaded' },
    { kind: 'notice', words: 'A hook has changed.' },
    { kind: 'markdown', text: '## Plan' },
  ]);
});

test('of the plan the last word counts, and of the events the last number', () => {
  const { fold } = shown(
    { type: 'planUpdated', items: [{ text: 'a', status: 'pending' }] },
    { type: 'planUpdated', items: [{ text: 'a', status: 'completed' }] },
  );
  expect(fold.plan).toEqual([{ text: 'a', status: 'completed' }]);
  expect(fold.lastSeq).toBe(2);
  expect(fold.take({ sessionId: 's', event: delta('r', 0, 'x') })).toHaveLength(1);
  expect(fold.lastSeq).toBe(2);
});

test('what happened to a file is told from before the turn to its end', () => {
  const { fold, pieces } = shown(
    changed('z.ts', 'modified'),
    changed('new.ts', 'created'),
    changed('new.ts', 'modified'),
    changed('gone.ts', 'created'),
    changed('gone.ts', 'deleted'),
    changed('again.ts', 'deleted'),
    changed('again.ts', 'created'),
  );
  expect([...fold.files]).toEqual([
    ['again.ts', 'modified'],
    ['new.ts', 'created'],
    ['z.ts', 'modified'],
  ]);
  expect(pieces).toContainEqual({ kind: 'changed', path: 'z.ts' });
});

test('files are a tree of folders, without those outside of the workspace', () => {
  expect(fileTree(['src/a.ts', 'src/deep/b.ts', 'src/deep/c.ts', 'top.md', '/etc/hosts', 'C:\\x', '../up.ts'])).toEqual(
    [
      { name: 'src', children: [{ name: 'a.ts' }, { name: 'deep', children: [{ name: 'b.ts' }, { name: 'c.ts' }] }] },
      { name: 'top.md' },
    ],
  );
});

test('words of a model in a title stay words', () => {
  expect(plainText('Run [x](command:y) *now* `$(z)`\n<b>')).toBe(
    'Run \\[x\\]\\(command:y\\) \\*now\\* \\`\\$\\(z\\)\\` \\<b\\>',
  );
});
