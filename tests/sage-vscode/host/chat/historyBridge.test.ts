import { expect, test } from 'vitest';
import { settle } from '../fakes/fakeServer';
import { chat } from './chatParts';

const query = { type: 'listHistory', id: 7, words: 'cart', scope: 'here', limit: 200 } as const;

test('sessions are listed with the number of the question, and those that wait for an answer say so', async () => {
  const { bridge, requests, posted, ready } = chat();
  await ready();
  const asked = new AbortController();
  const waiting = requests.askQuestion({ sessionId: 's1', callId: 'c', questions: [] }, asked.signal);
  posted.length = 0;
  await bridge.receive(query);
  const session = { sessionId: 's1', title: 'Hello', updatedAt: '2026-01-01T00:00:00Z', state: 'waiting' };
  expect(posted).toEqual([{ type: 'history', id: 7, page: { sessions: [session], hasMore: false } }]);
  asked.abort();
  await expect(waiting).rejects.toThrow();
});

test('a list that cannot be had is told in the history, and in no message of the editor', async () => {
  const { bridge, history, posted, calls, ready } = chat();
  await ready();
  history.list = async () => {
    throw new Error('The disk is gone.');
  };
  await bridge.receive(query);
  expect(posted).toEqual([{ type: 'historyFailed', id: 7, message: 'The disk is gone.' }]);
  expect(calls).toEqual([]);
});

test('what is done to a session makes the history ask again; a deletion says what can be restored', async () => {
  const { bridge, posted, calls, ready } = chat();
  await ready();
  await bridge.receive({ type: 'renameSession', sessionId: 's1', title: 'Carts' });
  await bridge.receive({ type: 'deleteSession', sessionId: 's1', title: 'Carts' });
  await bridge.receive({ type: 'restoreSession', sessionId: 's1' });
  expect(calls).toEqual([
    ['rename', 's1', 'Carts'],
    ['delete', 's1'],
    ['restoreSession', 's1'],
  ]);
  expect(posted).toEqual([
    { type: 'historyChanged' },
    { type: 'historyChanged', deleted: { sessionId: 's1', title: 'Carts' } },
    { type: 'historyChanged' },
  ]);
});

test('a session that begins or ends to run makes the history ask again', async () => {
  const { bridge, sessions, types, ready } = chat();
  await ready();
  sessions.runningChanged.emit(1);
  expect(types()).toEqual([]);
  await bridge.receive(query);
  sessions.runningChanged.emit(2);
  expect(types()).toEqual(['history', 'historyChanged']);
});

test('a fork says that it is a new session, an export where it lies', async () => {
  const { bridge, history, posted, calls, ready } = chat();
  await ready();
  await bridge.receive({ type: 'forkSession', sessionId: 's1', atSeq: 5 });
  await bridge.receive({ type: 'exportSession', sessionId: 's1', format: 'markdown' });
  history.export = async () => null;
  await bridge.receive({ type: 'exportSession', sessionId: 's1', format: 'json' });
  expect(calls).toEqual([['fork', 's1', 5]]);
  expect(posted).toEqual([
    { type: 'told', text: 'This is a new session: “Hello (fork)”. The other one stays as it is.' },
    { type: 'told', text: 'Exported to hello.md.' },
  ]);
});

test('what could not be done is said by the editor', async () => {
  const { bridge, history, calls, types, ready } = chat();
  await ready();
  history.delete = async () => {
    throw new Error('A turn runs.');
  };
  await bridge.receive({ type: 'deleteSession', sessionId: 's1', title: 'Hello' });
  await settle();
  expect(calls).toEqual([['showProblem', 'A turn runs.']]);
  expect(types()).toEqual([]);
});
